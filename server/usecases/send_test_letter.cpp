#include "usecases/send_test_letter.h"

#include <algorithm>

#include "common/crypto.h"
#include "sqlite/letters.h"
#include "text/sample_letters.h"
#include "usecases/queue_letter.h"

namespace hoering {
namespace {

bool isKey(std::string_view key) {
    return key.size() == 32 &&
           std::all_of(key.begin(), key.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace

Result<Done> sendTestLetter(sqlite::Tx& tx, const Office& office, const User& user, const Letter& letter,
                            std::string_view key) {
    if (!isKey(key)) return Error{ErrorKind::invalid, "error.form.key", {}, {}};
    // Of one form several letters may be tried; the same one twice is one.
    const std::string once =
        sha256Hex(std::string(key) + "\n" + letter.toMail + "\n" + letter.subject + "\n" + letter.text);
    const std::string messageId = once.substr(0, 32) + "@" + office.house.mailDomain;
    if (sqlite::findLetterByMessageId(tx, messageId)) return Done{}; // pressed twice
    Letter test = text::testLetter(office.words(letter.language), letter, user.name, user.email);
    test.messageId = messageId;
    const auto id = queueStaffLetter(tx, office, std::move(test), user.id);
    tx.record({user.actor(),
               "letter.test_sent",
               letter.consultation,
               {},
               {{"kind", std::string(kindName(letter.kind))}, {"letter", std::to_string(id)}}});
    return Done{};
}

} // namespace hoering
