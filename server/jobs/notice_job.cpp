#include "jobs/notice_job.h"

#include "sqlite/mailing_ends.h"
#include "sqlite/notices.h"
#include "usecases/finish_mailings.h"
#include "usecases/write_staff_letters.h"

namespace hoering {

int tellColleagues(sqlite::Database& database, const Office& office, Instant now) {
    const bool ended = !database.read([](sqlite::ReadTx& tx) { return sqlite::mailingsThatEnded(tx); }).empty();
    if (ended) database.write([](sqlite::Tx& tx) { return finishMailings(tx); });
    int letters = 0;
    for (const auto user : database.read([&](sqlite::ReadTx& tx) { return sqlite::usersToTell(tx, now); }))
        letters += database.write([&](sqlite::Tx& tx) { return writeStaffLetters(tx, office, user); });
    return letters;
}

} // namespace hoering
