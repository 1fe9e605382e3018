#include "usecases/came_otherwise.h"

#include "common/calendar.h"
#include "common/strings.h"

namespace hoering {

bool isReceiptNumber(std::string_view text) {
    if (text.size() != 14) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 4 || i == 9;
        const bool sign = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'A' && text[i] <= 'Z');
        if (dash ? text[i] != '-' : !sign) return false;
    }
    return true;
}

Instant readReceived(const Consultation& consultation, const ActInput& input, Now now, Check& check) {
    const auto date = parseTypedDate(trim(input.get("received_date")));
    const auto time = parseTimeOfDay(trim(input.get("received_time")));
    if (!date) check.fail("received_date", "error.received.date");
    if (!time) check.fail("received_time", "error.received.time");
    if (!date || !time) return now.instant;
    const Resolved at = resolve(atTime(*date, *time));
    if (at.kind == LocalKind::gap) check.fail("received_time", "error.deadline.gap");
    else if (at.first > now.instant) check.fail("received_date", "error.received.ahead");
    // Whole minutes are typed: what came in the minute of the opening came after it.
    else if (consultation.openedAt && at.first + std::chrono::minutes{1} <= *consultation.openedAt)
        check.fail("received_date", "error.received.before");
    return at.first;
}

} // namespace hoering
