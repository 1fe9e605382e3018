#include "blobs/inspect.h"

#include <gmock/gmock.h>

#include "blobs/blob_store.h"
#include "blobs/child.h"
#include "common/strings.h"
#include "support.h"

namespace hoering::blobs {
namespace {

using namespace std::string_literals;

struct AnUpload : testing::Test {
    TempFolder folder;
    std::string verdict(const std::string& name, std::string_view bytes) {
        const auto result = inspect(folder.write("upload", bytes), name);
        return result ? "fine" : result.error().key;
    }
};

const std::string png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0\x1f\x15\xc4\x89"s;
const std::string jpg = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"s;
const std::string oldWord = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s + std::string(1000, '\0');
const std::string encryptedOffice =
    oldWord + std::string(262'100, '\0') + "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"s;

TEST_F(AnUpload, MayBeOfTheseKinds) {
    EXPECT_EQ(verdict("svar.pdf", pdf(1)), "fine");
    EXPECT_EQ(verdict("svar.docx", docx()), "fine");
    EXPECT_EQ(verdict("svar.XLSX", xlsx()), "fine");
    EXPECT_EQ(verdict("svar.odt", odt()), "fine");
    EXPECT_EQ(verdict("svar.rtf", "{\\rtf1\\ansi Hej}"), "fine");
    EXPECT_EQ(verdict("svar.txt", "Vi støtter forslaget.\n"), "fine");
    EXPECT_EQ(verdict("svar.txt", "Vi st\xF8tter forslaget.\r\n"), "fine"); // Latin-1
    EXPECT_EQ(verdict("svar.txt", "\xFF\xFEV\0i\0 \0j\0a\0\n\0"s), "fine"); // UTF-16, as Notepad writes it
    EXPECT_EQ(verdict("kort.png", png), "fine");
    EXPECT_EQ(verdict("kort.JPEG", jpg), "fine");
}

TEST_F(AnUpload, IsDescribed) {
    const auto facts = inspect(folder.write("x", pdf(3)), "Svar fra LokalMED.PDF");
    ASSERT_TRUE(facts.ok());
    EXPECT_EQ(facts->extension, "pdf");
    EXPECT_EQ(facts->contentType, "application/pdf");
    EXPECT_EQ(facts->pages, 3);
    const auto picture = inspect(folder.write("x", jpg), "kort.jpeg");
    ASSERT_TRUE(picture.ok());
    EXPECT_EQ(picture->extension, "jpg");
    EXPECT_EQ(picture->pages, std::nullopt);
}

TEST_F(AnUpload, IsRefusedForItsType) {
    for (const auto* name : {"x.svg", "x.html", "x.zip", "x.docm", "x.exe", "x.doc", "x.pdf.exe"})
        EXPECT_EQ(verdict(name, "anything"), "error.file.type") << name;
    const std::pair<const char*, std::string> lies[] = {
        {"x.pdf", docx()},
        {"x.docx", pdf(1)},
        {"x.docx", xlsx()},
        {"x.xlsx", docx()},
        {"x.odt", docx()},
        {"x.png", jpg},
        {"x.jpg", "<svg/>"},
        {"x.txt", pdf(1)},
        {"x.txt", std::string("a\0b\1\2\3", 6)},
        {"x.rtf", "{rtf"},
        {"x.docx", oldWord},
        {"x.docx", zipOf({{"a", "b"}})},
        {"x.odt", zipOf({{"mimetype", "text/plain"}})},
        {"x.odt", encryptedOffice},
        {"x.png", "\x7f"
                  "ELF"},
    };
    for (const auto& [name, bytes] : lies) EXPECT_EQ(verdict(name, bytes), "error.file.content") << name;
    const auto lie = inspect(folder.write("x", "y"), "falsk.pdf");
    EXPECT_EQ(lie.error().args[1], std::pair("type"s, "PDF"s));
    const auto refused = inspect(folder.write("x", "y"), "a/b/x.exe");
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
    EXPECT_EQ(refused.error().args[0], std::pair("file"s, "x.exe"s));
    EXPECT_EQ(refused.error().args[1], std::pair("types"s, "pdf, docx, odt, rtf, txt, png, jpg, xlsx"s));
}

TEST_F(AnUpload, MayHoldNoMacros) {
    const std::string type = "<Types>wordprocessingml.document.main+xml</Types>";
    EXPECT_EQ(verdict("x.docx",
                      zipOf({{"[Content_Types].xml", type}, {"word/document.xml", ""}, {"word/vbaProject.bin", "x"}})),
              "error.file.macros");
    EXPECT_EQ(verdict("x.docx", zipOf({{"[Content_Types].xml", type + "macroEnabled"}, {"word/document.xml", ""}})),
              "error.file.macros");
    EXPECT_EQ(verdict("x.odt",
                      zipOf({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"Basic/Standard/m.xml", ""}})),
              "error.file.macros");
}

TEST_F(AnUpload, IsRefusedWhenEmptyOrNameless) {
    EXPECT_EQ(verdict("x.pdf", ""), "error.file.empty");
    EXPECT_EQ(verdict("x.docx", ""), "error.file.empty");
    for (const auto* name : {"", "svar", "svar.", "..", "/", "a.b/svar"})
        EXPECT_EQ(verdict(name, "x"), "error.file.name") << name;
}

TEST_F(AnUpload, IsRefusedWhenItNeedsAPassword) {
    EXPECT_EQ(verdict("x.pdf", lockedPdf(false)), "error.file.password");
    EXPECT_EQ(verdict("x.pdf", lockedPdf(true)), "fine"); // opens; only printing is forbidden
    EXPECT_EQ(verdict("x.docx", encryptedOffice), "error.file.password");
    EXPECT_EQ(verdict("x.xlsx", encryptedOffice), "error.file.password");
    EXPECT_EQ(verdict("x.docx", zipOf({{"[Content_Types].xml", "x"}}, "secret")), "error.file.password");
    EXPECT_EQ(verdict("x.odt", zipOf({{"mimetype", "application/vnd.oasis.opendocument.text"},
                                      {"content.xml", "x"},
                                      {"META-INF/manifest.xml", "<manifest:encryption-data/>"}})),
              "error.file.password");
}

TEST_F(AnUpload, IsRefusedWhenDamaged) {
    EXPECT_EQ(verdict("x.pdf", "%PDF-1.7\nand then nothing"), "error.file.damaged");
    EXPECT_EQ(verdict("x.docx", docx().substr(0, 100)), "error.file.damaged");
    EXPECT_EQ(verdict("x.docx", zipOf({{"[Content_Types].xml", "wordprocessingml.document.main+xml"}})),
              "error.file.damaged");
    const std::string much(80 << 20, 'x'); // packs to some 80 kB
    EXPECT_EQ(verdict("x.docx", zipOf({{"[Content_Types].xml", "wordprocessingml.document.main+xml"},
                                       {"word/document.xml", much}})),
              "error.file.damaged");
}

TEST_F(AnUpload, ThatCannotBeReadIsNoFaultOfItsSender) {
    EXPECT_THROW((void)inspect(folder.path / "nowhere", "x.txt"), BlobFailed);
}

TEST(DisplayName, IsFitForAnySystem) {
    const std::pair<std::string, std::string> rows[] = {
        {"svar.pdf", "svar.pdf"},
        {"C:\\Users\\mette\\Svar på høring.docx", "Svar på høring.docx"},
        {"../../etc/passwd", "passwd"},
        {"", "fil"},
        {"/", "fil"},
        {"..", "fil"},
        {".htaccess", "fil.htaccess"},
        {".pdf", "fil.pdf"},
        {"svar\u202Efdp.exe", "svarfdp.exe"},
        {"a\r\nSet-Cookie: x.txt", "a Set-Cookie_ x.txt"},
        {"a\0b.txt"s, "ab.txt"},
        {"a\xFF.txt", "a.txt"},
        {"\u200Bx\u200F.txt", "x.txt"},
        {"hvad?<nu>*.txt", "hvad__nu__.txt"},
        {" svar .pdf ", "svar.pdf"},
        {"svar.pdf. . ", "svar.pdf"},
    };
    for (const auto& [original, shown] : rows) EXPECT_EQ(displayName(original), shown) << original;
    std::string floods;
    for (int i = 0; i < 500; ++i) floods += "ø";
    EXPECT_EQ(countCodePoints(displayName(floods + ".docx")), 120U);
    EXPECT_TRUE(displayName(floods + ".docx").ends_with("ø.docx"));
    EXPECT_EQ(countCodePoints(displayName("x." + floods)), 120U);
}

TEST(AChild, IsKeptShort) {
    const auto endless = runChild({"yes"}, {std::chrono::seconds(30), std::size_t{1} << 30, 1000});
    EXPECT_TRUE(endless.tooMuch);
    EXPECT_EQ(endless.output.size(), 1000U);
    EXPECT_EQ(endless.exitCode, -1);
    const auto sleeper = runChild({"sleep", "60"}, {std::chrono::milliseconds(50)});
    EXPECT_TRUE(sleeper.timedOut);
    EXPECT_EQ(runChild({"no-such-program"}).exitCode, 127);
    const auto echo = runChild({"echo", "hej"});
    EXPECT_EQ(echo.exitCode, 0);
    EXPECT_EQ(echo.output, "hej\n");
    EXPECT_EQ(runChild({"sh", "-c", "exit 3"}).exitCode, 3);
    EXPECT_NE(runChild({"sh", "-c", "echo x > /tmp/hoering-child-must-not-write"}).exitCode, 0);
    EXPECT_EQ(runChild({"env"}).output, "PATH=/usr/bin:/bin\nLC_ALL=C.UTF-8\n");
    std::filesystem::remove("/tmp/hoering-child-must-not-write");
}

} // namespace
} // namespace hoering::blobs
