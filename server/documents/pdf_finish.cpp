#include "documents/pdf_finish.h"

#include <map>
#include <memory>
#include <set>
#include <string_view>

#include <fmt/format.h>
#define POINTERHOLDER_TRANSITION 4 // qpdf 11: std::shared_ptr throughout
#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "documents/pdf_pages.h"

namespace hoering::documents {
namespace {

/// "/NonStruct << /MCID 7 >> BDC" -> "/Artifact BMC"; glyphs are hex strings or escaped, so the words cannot be text.
std::string withArtifacts(std::string_view content) {
    const std::string mark = fmt::format("/{} <<", artifactTag);
    std::string out;
    out.reserve(content.size() + 200);
    for (std::size_t from = 0; from < content.size();) {
        const auto at = content.find(mark, from);
        const auto end = at == std::string_view::npos ? at : content.find("BDC", at);
        if (end == std::string_view::npos) {
            out += content.substr(from);
            break;
        }
        (out += content.substr(from, at - from)) += "/Artifact BMC";
        from = end + 3;
    }
    return out;
}

/// Makes one page's content when it is written, so that the pages are never in memory all at once, unpacked.
class PageContent : public QPDFObjectHandle::StreamDataProvider {
  public:
    PageContent(QPDFObjectHandle original, std::string after) : original_(original), after_(std::move(after)) {}
    void provideStreamData(QPDFObjGen const&, Pipeline* pipeline) override {
        const auto data = original_.getStreamData(qpdf_dl_generalized);
        // cairo leaves its upside-down coordinates in force: q and Q keep them from what follows.
        const std::string content =
            "q\n" + withArtifacts({reinterpret_cast<const char*>(data->getBuffer()), data->getSize()}) + "\nQ" + after_;
        pipeline->write(reinterpret_cast<const unsigned char*>(content.data()), content.size());
        pipeline->finish();
    }

  private:
    QPDFObjectHandle original_;
    std::string after_;
};

/// The tag tree, reached from each page's row of the parent tree.
class TagMender {
  public:
    TagMender(QPDFObjectHandle root, const std::vector<std::string>& figures) : figures_(figures) {
        auto numbers = root.getKey("/ParentTree").getKey("/Nums");
        for (int i = 0; i + 1 < numbers.getArrayNItems(); i += 2)
            rows_.emplace(numbers.getArrayItem(i).getIntValueAsInt(), numbers.getArrayItem(i + 1));
    }

    void mendPage(QPDFObjectHandle page) {
        const auto row = rows_.find(page.getKey("/StructParents").getIntValueAsInt());
        if (row == rows_.end() || !row->second.isArray()) return;
        for (int i = 0; i < row->second.getArrayNItems(); ++i) {
            auto element = row->second.getArrayItem(i);
            const std::string kind = element.isDictionary() ? element.getKey("/S").getName() : "";
            if (kind == std::string("/") + artifactTag) {
                auto parent = element.getKey("/P");
                parents_.emplace(parent.getObjGen(), parent);
                gone_.insert(element.getObjGen());
                row->second.setArrayItem(i, QPDFObjectHandle::newNull());
            } else if (kind == "/Figure" && figure_ < figures_.size()) {
                element.replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(figures_[figure_++]));
            } else if (kind == "/TH") {
                element.replaceKey("/A", QPDFObjectHandle::parse("<< /O /Table /Scope /Column >>"));
            }
        }
    }

    void dropArtifacts() {
        for (auto& [id, parent] : parents_) {
            auto kids = parent.getKey("/K");
            auto kept = QPDFObjectHandle::newArray();
            if (kids.isArray()) {
                for (int i = 0; i < kids.getArrayNItems(); ++i)
                    if (gone_.count(kids.getArrayItem(i).getObjGen()) == 0) kept.appendItem(kids.getArrayItem(i));
            } else if (gone_.count(kids.getObjGen()) == 0) {
                kept.appendItem(kids);
            }
            parent.replaceKey("/K", kept);
        }
    }

  private:
    const std::vector<std::string>& figures_;
    std::size_t figure_ = 0;
    std::map<int, QPDFObjectHandle> rows_;
    std::map<QPDFObjGen, QPDFObjectHandle> parents_;
    std::set<QPDFObjGen> gone_;
};

} // namespace

std::string finishPdf(const std::string& bytes, const PdfExtras& extras) {
    QPDF total;
    total.processMemoryFile("total", extras.totalPdf.data(), extras.totalPdf.size());
    QPDF pdf;
    pdf.processMemoryFile("document", bytes.data(), bytes.size());
    auto totalForm = pdf.copyForeignObject(QPDFPageDocumentHelper(total).getAllPages().at(0).getFormXObjectForPage());

    auto root = pdf.getRoot();
    root.replaceKey("/Lang", QPDFObjectHandle::newString(extras.language));
    root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
    root.replaceKey("/MarkInfo", QPDFObjectHandle::parse("<< /Marked true >>"));
    auto info = pdf.getTrailer().getKey("/Info");
    for (const char* date :
         {"/CreationDate", "/ModDate"}) { // cairo 1.16 leaves out the "D:" that PDF 1.7, 7.9.4 asks for
        auto value = info.isDictionary() ? info.getKey(date) : QPDFObjectHandle::newNull();
        if (value.isString() && !value.getStringValue().starts_with("D:"))
            info.replaceKey(date, QPDFObjectHandle::newString("D:" + value.getStringValue()));
    }
    TagMender tags(root.getKey("/StructTreeRoot"), extras.figures);
    std::size_t number = 0;
    for (auto& helper : QPDFPageDocumentHelper(pdf).getAllPages()) {
        auto page = helper.getObjectHandle();
        page.replaceKey("/Tabs", QPDFObjectHandle::newName("/S"));
        tags.mendPage(page);
        auto resources = page.getKey("/Resources");
        if (!resources.getKey("/XObject").isDictionary())
            resources.replaceKey("/XObject", QPDFObjectHandle::newDictionary());
        resources.getKey("/XObject").replaceKey("/PageTotal", totalForm);
        const double x = number < extras.totalAt.size() ? extras.totalAt[number] : 0;
        auto content = QPDFObjectHandle::newStream(&pdf);
        content.replaceStreamData(std::make_shared<PageContent>(
                                      page.getKey("/Contents"),
                                      fmt::format("\n/Artifact BMC q 1 0 0 1 {:.3f} {:.3f} cm /PageTotal Do Q EMC\n", x,
                                                  extras.totalBaseline - extras.totalDepth)),
                                  QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
        page.replaceKey("/Contents", content);
        ++number;
    }
    tags.dropArtifacts();

    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.7");
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setDeterministicID(true);
    writer.write();
    const std::unique_ptr<Buffer> out(writer.getBuffer());
    return {reinterpret_cast<const char*>(out->getBuffer()), out->getSize()};
}

} // namespace hoering::documents
