#include "usecases/write_receipts.h"

#include "common/log.h"
#include "sqlite/consultations.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "usecases/queue_letter.h"

namespace hoering {

using namespace std::chrono_literals;

namespace {

Letter letterFor(sqlite::ReadTx& tx, const Office& office, const sqlite::QueuedReceipt& owed) {
    const auto response = sqlite::findResponse(tx, owed.response).value();
    const auto consultation = sqlite::findConsultation(tx, response.consultation).value();
    const auto party = sqlite::findParty(tx, response.party).value();
    const auto contact = sqlite::findContact(tx, owed.contact).value();
    return text::receiptLetter(office.words(party.language), {office.house, consultation, party, contact}, response);
}

} // namespace

std::vector<WrittenReceipt> writeReceipts(sqlite::ReadTx& tx, const Office& office, Instant now, int most) {
    std::vector<WrittenReceipt> written;
    for (const auto& owed : sqlite::receiptsDue(tx, now, most)) {
        try {
            written.push_back({owed, letterFor(tx, office, owed)});
        } catch (const sqlite::StorageFailed&) {
            throw;
        } catch (const std::exception& trouble) {
            log::error("receipt_not_written",
                       {{"response", static_cast<long long>(owed.response)}, {"what", std::string(trouble.what())}});
            written.push_back({owed, std::nullopt});
        }
    }
    return written;
}

void queueReceipts(sqlite::Tx& tx, const Office& office, const std::vector<WrittenReceipt>& receipts) {
    for (const auto& [owed, letter] : receipts) {
        tx.housekeeping("a receipt becomes a letter, which stands in the ledger");
        if (!letter) sqlite::postponeReceipt(tx, owed.response, tx.now().instant + 1h);
        else if (sqlite::dropQueuedReceipt(tx, owed.response))
            queueLetter(tx, office, *letter, {owed.consultation, owed.party, owed.contact, owed.link});
    }
}

} // namespace hoering
