#include "documents/docx.h"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <zip.h>

#include "documents/docx_body.h"
#include "documents/docx_parts.h"

namespace hoering::documents {
namespace {

std::string documentRelations(const DocxBody& body) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
                      "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    const auto relation = [&](std::string_view id, std::string_view type, std::string_view target) {
        out += fmt::format("<Relationship Id=\"{}\" Type=\"{}/{}\" Target=\"{}\"", id, relationNamespace, type, target);
    };
    for (const char* part : {"styles", "numbering", "settings", "header", "footer"}) {
        const bool numbered = part == std::string_view("header") || part == std::string_view("footer");
        relation(part, part, fmt::format("{}{}.xml", part, numbered ? "1" : ""));
        out += "/>";
    }
    for (std::size_t i = 0; i < body.links.size(); ++i) {
        relation(fmt::format("link{}", i), "hyperlink", escapeXml(body.links[i]));
        out += " TargetMode=\"External\"/>";
    }
    return out + "</Relationships>";
}

struct Part {
    const char* name;
    std::string bytes;
};

[[noreturn]] void fail(const char* what) { throw std::runtime_error(std::string("DOCX cannot be written: ") + what); }

std::string packed(const std::vector<Part>& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (target == nullptr) fail(zip_error_strerror(&error));
    zip_source_keep(target); // the archive takes one reference, the other reads the result
    const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> keeper(target, zip_source_free);
    zip_t* opened = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (opened == nullptr) {
        zip_source_free(target);
        fail(zip_error_strerror(&error));
    }
    std::unique_ptr<zip_t, void (*)(zip_t*)> archive(opened, zip_discard);
    for (const Part& part : parts) {
        zip_source_t* source = zip_source_buffer(opened, part.bytes.data(), part.bytes.size(), 0);
        const zip_int64_t index = source == nullptr ? -1 : zip_file_add(opened, part.name, source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            fail(zip_strerror(opened));
        }
        // 1 January 1980, the first day a zip can name: the bytes must not tell when they were made.
        zip_file_set_dostime(opened, static_cast<zip_uint64_t>(index), 0, 0x21, 0);
        zip_file_set_external_attributes(opened, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_DOS, 0);
    }
    if (zip_close(opened) != 0) fail(zip_strerror(opened));
    static_cast<void>(archive.release());

    std::string bytes;
    zip_stat_t stat;
    if (zip_source_open(target) != 0) fail("cannot read back");
    if (zip_source_stat(target, &stat) == 0) {
        bytes.resize(stat.size);
        if (zip_source_read(target, bytes.data(), stat.size) != static_cast<zip_int64_t>(stat.size)) bytes.clear();
    }
    zip_source_close(target);
    if (bytes.empty()) fail("cannot read back");
    return bytes;
}

} // namespace

std::string toDocx(const Document& document) {
    DocxBody body = docxBody(document);
    std::string relations = documentRelations(body);
    return packed({{"[Content_Types].xml", contentTypesPart()},
                   {"_rels/.rels", packageRelationsPart()},
                   {"docProps/core.xml", corePropertiesPart(document)},
                   {"word/document.xml", std::move(body.xml)},
                   {"word/_rels/document.xml.rels", std::move(relations)},
                   {"word/styles.xml", stylesPart(document)},
                   {"word/numbering.xml", numberingPart(body.numberedLists)},
                   {"word/settings.xml", settingsPart(document)},
                   {"word/header1.xml", headerPart(document)},
                   {"word/footer1.xml", footerPart(document)}});
}

} // namespace hoering::documents
