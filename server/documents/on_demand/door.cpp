// The documents room's functions for those who do not link the room: loads it when one of them is first called.
#include "documents/docx.h"
#include "documents/html.h"
#include "documents/on_demand/writers.h"
#include "documents/pdf.h"

#include "common/carried_module.h"

namespace hoering {
std::string_view documentsModule(); // made by scripts/carry.cmake
}

namespace hoering::documents {

namespace {

const Writers& writers() {
    static const Writers* const loaded = [] {
        void* const door = doorOfCarriedModule("documents", documentsModule(), "hoering_documents");
        return reinterpret_cast<decltype(&hoering_documents)>(door)();
    }();
    return *loaded;
}

} // namespace

std::string toPdf(const Document& document, const Progress& progress) { return writers().toPdf(document, progress); }
std::string toDocx(const Document& document) { return writers().toDocx(document); }
std::string toHtml(const Document& document) { return writers().toHtml(document); }

} // namespace hoering::documents
