#include "usecases/tell_staff.h"

#include "sqlite/notices.h"
#include "sqlite/users.h"

namespace hoering {

void tellStaff(sqlite::Tx& tx, const StaffNews& news) {
    for (const auto& user : sqlite::listUsers(tx))
        if (!user.disabled && user.role >= Role::secretariat && user.id != news.exceptUser)
            sqlite::insertStaffNotice(tx, {0, user.id, news.kind, news.consultation, news.party, {}});
}

} // namespace hoering
