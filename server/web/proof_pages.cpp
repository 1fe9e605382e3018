// The proof of dispatch as a PDF. Asked for by POST, because taking it stands in the journal, and a GET changes
// nothing.
#include "common/crypto.h"
#include "documents/pdf.h"
#include "web/desk.h"
#include "web/document_permit.h"
#include "web/handlers.h"
#include "web/problem.h"
#include "web/proof_document.h"

namespace hoering::web::proof_pages {

http::Reply pdf(Desk& desk) {
    const auto id = desk.id(0);
    const auto proof = !id ? std::nullopt : desk.read([&](sqlite::ReadTx& tx) { return compileProof(tx, *id); });
    if (!proof || proof->consultation.state == ConsultationState::draft) return notFoundPage(desk);
    const DocumentPermit permit(*desk.services.documentPermits);
    if (!permit) return problemPage(desk, {ErrorKind::busy, "error.busy", {}, {}}).with("Retry-After", "20");
    const auto& house = desk.settings().municipality;
    // In the consultation's language, whoever asks: the same data gives the same bytes.
    std::string bytes = documents::toPdf(
        proofDocument(desk.office().words(proof->consultation.text.language), *proof, house.name, house.colour));
    desk.write([&](sqlite::Tx& tx) { recordProof(tx, desk.user().actor(), *id, sha256Hex(bytes)); });
    return http::Reply::download(std::move(bytes), "application/pdf",
                                 "udsendelsesbevis-" + proof->consultation.slug + ".pdf");
}

} // namespace hoering::web::proof_pages
