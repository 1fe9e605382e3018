#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>

#include "common/crypto.h"
#include "http/form.h"
#include "http/intake.h"
#include "http/multipart.h"
#include "http/uploads.h"

namespace hoering::http {
namespace {

TEST(Form, ReadsPairsInOrder) {
    Pairs pairs;
    ASSERT_TRUE(parseUrlEncoded("a=1&b=%C3%A6+x&&c&=d&a=2%26", pairs));
    EXPECT_EQ(pairs, (Pairs{{"a", "1"}, {"b", "æ x"}, {"c", ""}, {"", "d"}, {"a", "2&"}}));
}

TEST(Form, RefusesTooManyPairs) {
    std::string body;
    for (std::size_t i = 0; i <= formFieldLimit; ++i) body += "a&";
    Pairs pairs;
    EXPECT_FALSE(parseUrlEncoded(body, pairs));
}

TEST(Form, ReadsParametersAsBrowsersWriteThem) {
    bool found = false;
    EXPECT_EQ(parameter("form-data; name=\"a;b\"; filename=\"x\\\"y%22z.pdf\"", "filename", found), "x\"y\"z.pdf");
    EXPECT_EQ(parameter("form-data; name=\"a;b\"", "name", found), "a;b");
    EXPECT_EQ(parameter("form-data; NAME = plain ; x", "name", found), "plain");
    EXPECT_TRUE(found);
    EXPECT_EQ(parameter("form-data; filename*=UTF-8''x", "filename", found), "");
    EXPECT_FALSE(found);
    EXPECT_EQ(parameter("form-data; name=\"open", "name", found), "open");
}

TEST(Form, ReadsCookies) {
    Pairs cookies;
    parseCookies("a=1; b=\"2\";c; =x;d=e=f", cookies);
    EXPECT_EQ(cookies, (Pairs{{"a", "1"}, {"b", "2"}, {"d", "e=f"}}));
}

TEST(Multipart, KnowsAGoodBoundary) {
    EXPECT_EQ(boundaryOf("multipart/form-data; boundary=----WebKit123"), "----WebKit123");
    EXPECT_EQ(boundaryOf("multipart/form-data; boundary=\"a b\""), "a b");
    EXPECT_EQ(boundaryOf("multipart/form-data"), "");
    EXPECT_EQ(boundaryOf("multipart/form-data; boundary=\"a\r\nb\""), "");
    EXPECT_EQ(boundaryOf("multipart/form-data; boundary=" + std::string(71, 'a')), "");
}

class ReceivedForm : public ::testing::Test {
  protected:
    void SetUp() override {
        initCrypto();
        std::string pattern = (std::filesystem::temp_directory_path() / "hoering-forms-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    std::size_t filesLeft() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
    }
    static std::string bytesOf(const std::filesystem::path& path) {
        std::ostringstream all;
        all << std::ifstream(path, std::ios::binary).rdbuf();
        return all.str();
    }
    int receive(std::string_view body, FormLimits limits, Request& request, std::size_t cut = 0) {
        FormReceiver form("b", limits, folder);
        int status = form.feed(body.substr(0, cut));
        if (status == 0) status = form.feed(body.substr(cut));
        if (status == 0) status = form.finish();
        if (status == 0) form.moveInto(request);
        return status;
    }
    std::filesystem::path folder;
    const FormLimits roomy{1000, 5, 1000};
};

const std::string sample = "preamble\r\n"
                           "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nÆble\r\n"
                           "--b  \r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
                           "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"C:\\x\\..\\a.txt\"\r\n"
                           "Content-Type: text/plain\r\n\r\nline\r\n--\r\n-b\r\n--\r--b \n\r\n"
                           "--b\r\nContent-Disposition: form-data; name=\"g\"; filename=\"\"\r\n"
                           "Content-Type: application/octet-stream\r\n\r\n\r\n"
                           "--b--\r\nepilogue";

TEST_F(ReceivedForm, IsTheSameCutAtEveryByte) {
    for (std::size_t cut = 0; cut <= sample.size(); ++cut) {
        Request request;
        ASSERT_EQ(receive(sample, roomy, request, cut), 0) << cut;
        ASSERT_EQ(request.form, (Pairs{{"title", "Æble"}, {"empty", ""}})) << cut;
        ASSERT_EQ(request.uploads.list.size(), 1u) << cut;
        const Upload& upload = request.uploads.list[0];
        const std::string content = "line\r\n--\r\n-b\r\n--\r--b \n";
        ASSERT_EQ(bytesOf(upload.path), content) << cut;
        ASSERT_EQ(upload.size, content.size());
        ASSERT_EQ(upload.sha256, sha256Hex(content));
        ASSERT_EQ(upload.field, "f");
        ASSERT_EQ(upload.name, "a.txt");
        ASSERT_EQ(upload.declaredType, "text/plain");
    }
    EXPECT_EQ(filesLeft(), 0u);
}

TEST_F(ReceivedForm, IsTheSameByteByByte) {
    FormReceiver form("b", roomy, folder);
    for (char c : sample) ASSERT_EQ(form.feed({&c, 1}), 0);
    ASSERT_EQ(form.finish(), 0);
    Request request;
    form.moveInto(request);
    EXPECT_EQ(request.uploads.list.size(), 1u);
    EXPECT_EQ(request.form.size(), 2u);
}

std::string filePart(std::string_view name, std::string_view bytes) {
    return "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + std::string(name) + "\"\r\n\r\n" +
           std::string(bytes) + "\r\n";
}

TEST_F(ReceivedForm, MarksAFileThatIsTooLargeAndKeepsTheRest) {
    Request request;
    const std::string body = filePart("big", std::string(1001, 'x')) + filePart("ok", std::string(1000, 'y')) + "--b--";
    ASSERT_EQ(receive(body, roomy, request), 0);
    ASSERT_EQ(request.uploads.list.size(), 2u);
    EXPECT_TRUE(request.uploads.list[0].tooLarge);
    EXPECT_TRUE(request.uploads.list[0].path.empty());
    EXPECT_FALSE(request.uploads.list[1].tooLarge);
    EXPECT_EQ(filesLeft(), 1u);
}

TEST_F(ReceivedForm, WritesNothingWhereNoFileIsWanted) {
    std::filesystem::remove_all(folder); // whoever opens a file there fails
    Request request;
    const std::string body = filePart("a", std::string(1001, 'x')) + filePart("none", "") +
                             "--b\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nwords\r\n--b--";
    ASSERT_EQ(receive(body, {0, 5, 1000}, request), 0);
    EXPECT_EQ(request.form, (Pairs{{"t", "words"}}));
    ASSERT_EQ(request.uploads.list.size(), 2u);
    for (const auto& upload : request.uploads.list) EXPECT_TRUE(upload.tooLarge && upload.path.empty());
    EXPECT_EQ(receive(body, {0, 1, 1000}, request), 413);
    std::filesystem::create_directory(folder);
}

TEST_F(ReceivedForm, KeepsTheWordsWhenTheDiskTakesNoFile) {
    std::filesystem::remove_all(folder);
    Request request;
    const std::string body = filePart("a", "x") + filePart("none", "") +
                             "--b\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nwords\r\n--b--";
    ASSERT_EQ(receive(body, roomy, request), 0);
    EXPECT_EQ(request.form, (Pairs{{"t", "words"}}));
    ASSERT_EQ(request.uploads.list.size(), 2u);
    for (const auto& upload : request.uploads.list) EXPECT_TRUE(upload.lost && upload.path.empty());
    std::filesystem::create_directory(folder);
}

TEST_F(ReceivedForm, RefusesTooManyFilesAndTooMuchText) {
    Request request;
    std::string six;
    for (int i = 0; i < 6; ++i) six += filePart("n", "x");
    EXPECT_EQ(receive(six + "--b--", roomy, request), 413);
    const std::string text =
        "--b\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\n" + std::string(1000, 'x') + "\r\n--b--";
    EXPECT_EQ(receive(text, roomy, request), 413);
    EXPECT_EQ(filesLeft(), 0u);
}

TEST_F(ReceivedForm, NamesAnEmptyFileThatHasAName) {
    Request request;
    ASSERT_EQ(receive(filePart("empty.pdf", "") + "--b--", roomy, request), 0);
    ASSERT_EQ(request.uploads.list.size(), 1u);
    EXPECT_EQ(request.uploads.list[0].size, 0u);
    EXPECT_EQ(request.uploads.list[0].sha256, sha256Hex(""));
}

TEST_F(ReceivedForm, RefusesWhatIsMalformedAndLeavesNothing) {
    const std::string disposition = "Content-Disposition: form-data; name=\"t\"";
    const std::string bad[] = {
        "",
        "nothing",
        "--b\r\n" + disposition + "\r\n\r\nnever closed",
        filePart("x", "half a file"), // no closing boundary
        "--b\r\n\r\nno head\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=\"t\"\r\n\r\nx\r\n--b--",
        "--bX\r\n" + disposition + "\r\n\r\nx\r\n--b--",
        "--b\r\n" + disposition + "\r\n folded: x\r\n\r\nx\r\n--b--",
        "--b\r\n" + disposition + std::string("\0", 1) + "\r\n\r\nx\r\n--b--",
        "--b\r\nX: " + std::string(9000, 'x') + "\r\n" + disposition + "\r\n\r\nx\r\n--b--",
    };
    for (const std::string& body : bad) {
        Request request;
        EXPECT_EQ(receive(body, roomy, request), 400) << body.substr(0, 60);
    }
    EXPECT_EQ(filesLeft(), 0u);
}

TEST_F(ReceivedForm, SweepRemovesOnlyItsOwnLeftovers) {
    std::ofstream(folder / "upload-0123.part") << "x";
    std::ofstream(folder / "other.txt") << "x";
    sweepIncoming(folder);
    EXPECT_EQ(filesLeft(), 1u);
    EXPECT_TRUE(std::filesystem::exists(folder / "other.txt"));
}

} // namespace
} // namespace hoering::http
