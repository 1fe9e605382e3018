#include "usecases/tell_staff.h"

#include "domain/notice.h"
#include "sqlite/notices.h"

namespace hoering {

void tellStaff(sqlite::Tx& tx, const StaffNews& news) {
    const Instant now = tx.now().instant;
    for (const auto& listener : sqlite::listeners(tx)) {
        if (listener.user == news.exceptUser) continue;
        const auto due = tellAt(news.kind, listener.notify, now);
        if (!due) continue;
        sqlite::insertStaffNotice(tx,
                                  {0, listener.user, news.kind, news.consultation, news.party, news.mailing, {}, *due});
        if (*due <= now) tx.toldStaff();
    }
}

} // namespace hoering
