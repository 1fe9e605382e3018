// The proof of dispatch (udsendelsesbevis) as a neutral document: what was sent to whom, and what became of it.
// Not here: what it is made of (server/usecases/compile_proof.h), bytes (server/documents), the download (proof_pages).
#pragma once

#include <string>

#include "documents/document.h"
#include "text/words.h"
#include "usecases/compile_proof.h"

namespace hoering::web {

/// The same proof, words and house give the same document, whenever it is asked for. No letter's text, no link.
documents::Document proofDocument(const text::Words& words, const DispatchProof& proof, const std::string& municipality,
                                  const std::string& colour);

} // namespace hoering::web
