#include "usecases/cancel_letter.h"

#include "sqlite/ledger.h"
#include "sqlite/letters.h"

namespace hoering {

Result<Done> cancelLetter(sqlite::Tx& tx, const Actor& actor, std::int64_t id) {
    const auto letter = sqlite::findLetter(tx, id);
    if (!letter) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (!sqlite::withdrawLetter(tx, id)) return Error{ErrorKind::closed, "error.letter.not_waiting", {}, {}};
    tx.record({actor,
               "letter.cancelled",
               letter->consultation,
               letter->party,
               {{"letter", std::to_string(id)},
                {"kind", std::string(kindName(letter->kind))},
                {"mail", letter->toMail},
                {"message_id", letter->messageId}}});
    return Done{};
}

} // namespace hoering
