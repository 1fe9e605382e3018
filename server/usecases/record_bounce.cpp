#include "usecases/record_bounce.h"

#include <algorithm>

#include "common/strings.h"
#include "sqlite/bounces.h"
#include "sqlite/letters.h"
#include "usecases/tell_staff.h"

namespace hoering {
namespace {

constexpr std::size_t longestLine = 500, mostIds = 100;

bool isFingerprint(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool isAction(std::string_view text) {
    for (std::string_view each : {"failed", "delayed", "delivered", "relayed", "expanded"})
        if (text == each) return true;
    return false;
}

bool isStatus(std::string_view text) {
    return text.size() <= 11 && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string line(std::string_view text) {
    return isUtf8(text) ? std::string(firstCodePoints(cleanLine(text), longestLine)) : "";
}

std::optional<Letter> letterOf(sqlite::ReadTx& tx, const std::vector<std::string>& ids) {
    for (std::size_t i = 0; i < std::min(ids.size(), mostIds); ++i)
        if (const auto id = sqlite::findLetterByMessageId(tx, ids[i])) return sqlite::findLetter(tx, *id);
    return std::nullopt;
}

} // namespace

Result<BounceDone> recordBounce(sqlite::Tx& tx, const Actor& actor, const ReturnedLetter& returned) {
    if (!isFingerprint(returned.fingerprint) || !isAction(returned.action) || !isStatus(returned.status))
        return Error{ErrorKind::invalid, "error.bounce", {}, {}};
    const auto letter = letterOf(tx, returned.messageIds);
    BounceDone done;
    if (letter) done.letter = letter->id;
    done.known = !sqlite::insertBounce(tx, {done.letter,
                                            {},
                                            returned.action,
                                            returned.status,
                                            line(returned.diagnostic),
                                            line(returned.recipient),
                                            returned.fingerprint});
    if (done.known) return done;
    done.marked = letter && returned.action == "failed" && sqlite::markBounced(tx, letter->id);
    if (!done.marked) {
        tx.housekeeping("a returned mail that changes no letter's outcome is kept");
        return done;
    }
    tx.record({actor,
               "letter.bounced",
               letter->consultation,
               letter->party,
               {{"letter", std::to_string(letter->id)},
                {"kind", std::string(kindName(letter->kind))},
                {"message_id", letter->messageId},
                {"code", returned.status}}});
    if (letter->party && letter->consultation)
        tellStaff(tx, {LetterKind::staffNotReached, *letter->consultation, letter->party});
    return done;
}

} // namespace hoering
