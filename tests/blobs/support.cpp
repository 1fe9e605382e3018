#include "support.h"

#define POINTERHOLDER_TRANSITION 4 // qpdf: std::shared_ptr only

#include <sys/syscall.h>
#include <unistd.h>
#include <zip.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <stdexcept>

namespace {
std::atomic<bool> syncFails{false};
int sync(long call, int file) {
    if (syncFails) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(call, file));
}
} // namespace

// The program's own definitions come before libc's.
extern "C" int fdatasync(int file) { return sync(SYS_fdatasync, file); }
extern "C" int fsync(int file) { return sync(SYS_fsync, file); }

namespace hoering::blobs {

void failSync(bool yes) { syncFails = yes; }

TempFolder::TempFolder() {
    char name[] = "/tmp/hoering-test-XXXXXX";
    path = ::mkdtemp(name);
}
TempFolder::~TempFolder() { std::filesystem::remove_all(path); }

std::filesystem::path TempFolder::write(const std::string& name, std::string_view bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
    return path / name;
}

std::string readAll(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string zipOf(const std::vector<std::pair<std::string, std::string>>& entries, const char* password) {
    const TempFolder folder;
    const auto file = folder.path / "x.zip";
    int trouble = 0;
    zip_t* zip = zip_open(file.c_str(), ZIP_CREATE, &trouble);
    for (const auto& [name, bytes] : entries) {
        auto* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
        const auto index = zip_file_add(zip, name.c_str(), source, 0);
        if (password) zip_file_set_encryption(zip, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
    }
    if (zip_close(zip) != 0) throw std::runtime_error("no zip");
    return readAll(file);
}

namespace {
std::string office(const std::string& type, const std::string& part) {
    return zipOf(
        {{"[Content_Types].xml", "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument." +
                                     type + ".main+xml\"/></Types>"},
         {part, "<x/>"}});
}
} // namespace

std::string docx() { return office("wordprocessingml.document", "word/document.xml"); }
std::string xlsx() { return office("spreadsheetml.sheet", "xl/workbook.xml"); }
std::string odt() {
    return zipOf({{"mimetype", "application/vnd.oasis.opendocument.text"},
                  {"content.xml", "<x/>"},
                  {"META-INF/manifest.xml", "<manifest/>"}});
}

namespace {
std::string pdfWith(int pages, void (*change)(QPDFWriter&)) {
    QPDF document;
    document.emptyPDF();
    for (int i = 0; i < pages; ++i)
        QPDFPageDocumentHelper(document).addPage(
            QPDFPageObjectHelper(
                document.makeIndirectObject(QPDFObjectHandle::parse("<< /Type /Page /MediaBox [0 0 595 842] >>"))),
            false);
    QPDFWriter writer(document);
    writer.setOutputMemory();
    change(writer);
    writer.write();
    const auto bytes = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}
} // namespace

std::string pdf(int pages) {
    return pdfWith(pages, [](QPDFWriter&) {});
}
std::string pdfSaying(const std::vector<std::string>& pages, const std::string& title) {
    QPDF document;
    document.emptyPDF();
    const auto parse = [](const std::string& object) { return QPDFObjectHandle::parse(object); };
    for (const auto& text : pages) {
        auto page = parse("<< /Type /Page /MediaBox [0 0 595 842] /Resources << /Font << /F << /Type /Font /Subtype "
                          "/Type1 /BaseFont /Helvetica >> >> >> >>");
        if (!text.empty())
            page.replaceKey("/Contents", document.newStream("BT /F 12 Tf 50 700 Td (" + text + ") Tj ET"));
        QPDFPageDocumentHelper(document).addPage(QPDFPageObjectHelper(document.makeIndirectObject(page)), false);
    }
    auto info = QPDFObjectHandle::newDictionary();
    info.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(title));
    document.getTrailer().replaceKey("/Info", document.makeIndirectObject(info));
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.write();
    const auto bytes = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}
std::string lockedPdf(bool opensWithout) {
    const auto lock = [](QPDFWriter& writer, const char* user) {
        writer.setR6EncryptionParameters(user, "owner", true, true, false, false, false, false, qpdf_r3p_none, true);
    };
    static const auto apply = lock;
    return opensWithout ? pdfWith(1, [](QPDFWriter& w) { apply(w, ""); })
                        : pdfWith(1, [](QPDFWriter& w) { apply(w, "secret"); });
}

} // namespace hoering::blobs
