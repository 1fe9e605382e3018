#include "usecases/my_settings.h"

#include "domain/notice.h"
#include "sqlite/notices.h"
#include "sqlite/users.h"
#include "usecases/check.h"

namespace hoering {

Result<Done> saveMySettings(sqlite::Tx& tx, const User& visitor, const MySettings& input) {
    const auto user = sqlite::findUser(tx, visitor.id);
    if (!user) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    // A reader is told of nothing, and its form does not ask.
    const auto notify = user->role == Role::reader ? std::optional(user->notify) : notifyFrom(input.notify);
    Check check;
    if (!notify) check.fail("notify", "error.notify.missing");
    if (input.language != "da" && input.language != "en") check.fail("language", "error.language.missing");
    if (!check.ok()) return check.error();
    if (*notify == user->notify && input.language == user->language) return Done{};
    sqlite::setUserLanguage(tx, user->id, input.language);
    if (*notify != user->notify) {
        sqlite::setUserNotify(tx, user->id, *notify);
        const auto due = tellAt(LetterKind::staffAnswer, *notify, tx.now().instant);
        sqlite::rescheduleAnswers(tx, user->id, due);
        if (due && *due <= tx.now().instant) tx.toldStaff();
    }
    tx.record({user->actor(),
               "user.settings_saved",
               {},
               {},
               {{"notify", std::string(notifyName(*notify))}, {"language", input.language}}});
    return Done{};
}

} // namespace hoering
