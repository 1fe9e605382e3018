// What goes through the door between the program and the documents room when the room is loaded at its first use.
// Everybody else includes documents/pdf.h, docx.h and html.h, and notices nothing.
// Not here: the writers themselves (server/documents), how a module is loaded (common/carried_module.h).
#pragma once

#include <string>

#include "documents/document.h"
#include "documents/pdf.h"

namespace hoering::documents {

/// The room's functions, as its headers name them. Both sides are of one build, so plain C++ passes.
struct Writers {
    std::string (*toPdf)(const Document&, const Progress&);
    std::string (*toDocx)(const Document&);
    std::string (*toHtml)(const Document&);
};

} // namespace hoering::documents

/// The module's only name that can be seen from outside.
extern "C" const hoering::documents::Writers* hoering_documents();
