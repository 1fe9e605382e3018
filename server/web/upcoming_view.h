// The mail of the coming days as a page shows it: letters per day as a picture, then each day's steps with who gets
// them, who does not and why.
// Not here: finding it (server/usecases/upcoming_mail.h), the pages around it (upcoming_pages, reminder_pages).
#pragma once

#include <vector>

#include "usecases/upcoming_mail.h"
#include "web/desk.h"
#include "web/html.h"

namespace hoering::web {

/// Days shown, today counted.
inline constexpr int upcomingDays = 14;

/// `level`: of the days' headings. `withTitles`: names the consultation of each step, where there may be several.
Markup upcomingView(const Desk& desk, const std::vector<UpcomingStep>& steps, int level, bool withTitles);

} // namespace hoering::web
