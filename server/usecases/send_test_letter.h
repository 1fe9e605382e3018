// A letter sent to oneself, to see it as a mail: marked as a test, without the personal link, to nobody else.
// Not here: the marks (server/text/sample_letters.h), the letter itself (whoever shows it).
#pragma once

#include <string_view>

#include "common/result.h"
#include "domain/letter.h"
#include "domain/user.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

/// Queues `letter` as a test to the user's own address and no other, whatever it says it is to. `key`: the form's, of
/// 32 characters; the same letter with the same key is sent once. Error: invalid "error.form.key".
Result<Done> sendTestLetter(sqlite::Tx& tx, const Office& office, const User& user, const Letter& letter,
                            std::string_view key);

} // namespace hoering
