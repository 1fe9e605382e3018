// The mail of the next 14 days, of all consultations.
#include "sqlite/letters.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/ledger_view.h"
#include "web/office_parts.h"
#include "web/upcoming_view.h"

namespace hoering::web::ledger_pages {

http::Reply upcoming(Desk& desk) {
    const auto& words = desk.words;
    const auto [steps, queued] = desk.read([&](sqlite::ReadTx& tx) {
        return std::pair(upcomingMail(tx, desk.office(), desk.now, upcomingDays),
                         sqlite::countLetters(tx, std::nullopt).queued);
    });
    Page made = officePage(desk, words("page.upcoming.title"));
    made.crumbs = {
        {words("page.today.title"), "/kontor"}, {words("page.letters.title"), "/kontor/breve"}, {made.title, ""}};
    made.lead = words("page.upcoming.lead");
    made.content = letterTabs(desk, true);
    if (queued > 0)
        made.content += el("p", {}, link(words.count("page.upcoming.queued", queued), "/kontor/breve?tilstand=queued"));
    made.content += upcomingView(desk, steps, 2, true);
    made.content += el("p", {{"class", "quiet"}}, words("page.upcoming.rule"));
    return page(desk, made);
}

} // namespace hoering::web::ledger_pages
