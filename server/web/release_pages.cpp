// Acts that wait for a second person: the list, and each with its whole preview, to be released or dropped.
#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/mailings.h"
#include "sqlite/users.h"
#include "usecases/acts.h"
#include "web/act_forms.h"
#include "web/act_preview.h"
#include "web/components.h"
#include "web/handlers.h"
#include "web/office_parts.h"
#include "web/problem.h"

namespace hoering::web::release_pages {
namespace {

struct Row {
    sqlite::Release release;
    std::string title, askedBy, decidedBy;
};

std::string nameOf(sqlite::ReadTx& tx, std::optional<std::int64_t> user) {
    const auto found = user ? sqlite::findUser(tx, *user) : std::nullopt;
    return found ? found->name : "";
}

Row rowOf(sqlite::ReadTx& tx, sqlite::Release release) {
    const auto about = sqlite::findConsultation(tx, release.consultation);
    Row row{std::move(release), about ? about->text.title : "", "", ""};
    row.askedBy = nameOf(tx, row.release.askedBy);
    row.decidedBy = nameOf(tx, row.release.decidedBy);
    return row;
}

std::string hrefOf(const Row& row) { return "/kontor/frigivelser/" + std::to_string(row.release.id); }
std::string actOf(const Desk& desk, const Row& row) { return desk.t("act_name." + row.release.act); }

std::optional<Row> rowHere(Desk& desk) {
    const auto id = desk.id(0);
    if (!id) return std::nullopt;
    return desk.read([&](sqlite::ReadTx& tx) -> std::optional<Row> {
        auto release = sqlite::findRelease(tx, *id);
        if (!release) return std::nullopt;
        return rowOf(tx, std::move(*release));
    });
}

Page releasePage(const Desk& desk, const Row& row) {
    const auto& words = desk.words;
    Page made = officePage(desk, words("page.release.title", {{"act", actOf(desk, row)}}));
    made.crumbs = {{words("page.today.title"), "/kontor"},
                   {words("page.releases.title"), "/kontor/frigivelser"},
                   {made.title, ""}};
    made.lead = row.title;
    std::vector<std::pair<std::string, Markup>> rows{
        {words("label.state"), badge(row.release.state == "waiting" ? Tone::warning : Tone::info,
                                     words("release_state." + row.release.state))},
        {words("label.consultation"), link(row.title, consultationHref(row.release.consultation))},
        {words("label.act"), join(actOf(desk, row))},
        {words("label.asked_by"), join(row.askedBy)},
        {words("label.asked_at"), join(words.moment(row.release.askedAt))},
        {words("tab.letters"), join(words.count("count.letters", row.release.letters))}};
    if (row.release.decidedAt)
        rows.push_back({words("label.decided_by"), join(row.decidedBy, ", ", words.moment(*row.release.decidedAt))});
    made.content += web::facts(rows);
    return made;
}

/// Where whoever wants it asks anew.
std::string anewHref(const Row& row) {
    const ActForm* form = formOf(row.release.act);
    return form ? actHref(row.release.consultation, form->slug) : stepHref(row.release.consultation, Step::check);
}

/// Why it cannot be released as it was asked for, in the words of the refusal; empty when it can.
Markup conflict(const Desk& desk, const Row& row, const Result<ActPlan>& plan) {
    const auto& words = desk.words;
    if (plan && plan->fingerprint == row.release.fingerprint) return {};
    const std::string why = plan ? words("page.release.changed_text", {{"name", row.askedBy}})
                                 : words.sentence(plan.error().key, plan.error().args);
    return alert(Tone::error, words("page.release.changed"),
                 el("p", {}, why) +
                     el("p", {}, words("page.release.changed_do"), " ", link(words("button.ask_anew"), anewHref(row))));
}

http::Reply show(Desk& desk, const Row& row, const Error* refusal, int status) {
    const auto& words = desk.words;
    Page made = releasePage(desk, row);
    if (refusal)
        made.content = alert(Tone::error, words("page.release.not_done"),
                             el("p", {}, words.sentence(refusal->key, refusal->args))) +
                       made.content;
    const Act* act = findAct(row.release.act);
    if (row.release.state != "waiting" || !act) return page(desk, made, status);

    const auto plan = planWithDomains(desk, *act, row.release.consultation, ActInput::fromJson(row.release.fields));
    const Markup changed = conflict(desk, row, plan);
    const bool own = row.release.askedBy == desk.user().id;
    made.content += changed;
    if (plan) made.content += planFindings(desk, *plan);
    Markup buttons;
    if (changed.empty() && own)
        made.content += alert(Tone::info, words("page.release.own"), el("p", {}, words("page.release.own_text")));
    else if (changed.empty() && !anyStops(plan->findings))
        buttons += submitButton(words.count("button.release", static_cast<long long>(plan->letters.size())),
                                ButtonKind::primary, "step", "release");
    buttons += submitButton(words("button.drop_release"), ButtonKind::secondary, "step", "drop");
    const std::int64_t reading = readingOf(desk);
    Markup preview;
    if (plan && changed.empty()) preview = actPreview(desk, *plan, reading ? std::optional(reading) : std::nullopt);
    made.content += postForm(desk, hrefOf(row), preview, el("p", {{"class", "row"}}, buttons));
    return page(desk, made, status);
}

} // namespace

http::Reply list(Desk& desk) {
    const auto& words = desk.words;
    const auto rows = desk.read([](sqlite::ReadTx& tx) {
        std::vector<Row> all;
        for (auto& each : sqlite::waitingReleases(tx)) all.push_back(rowOf(tx, std::move(each)));
        return all;
    });
    Page made = officePage(desk, words("page.releases.title"));
    made.crumbs = {{words("page.today.title"), "/kontor"}, {made.title, ""}};
    made.lead = words("page.releases.lead");
    if (rows.empty()) {
        made.content += el("p", {}, words("page.releases.none"));
        return page(desk, made);
    }
    std::vector<std::vector<Markup>> cells;
    for (const auto& row : rows)
        cells.push_back({link(actOf(desk, row), hrefOf(row)), join(row.title),
                         join(words.count("count.letters", row.release.letters)), join(row.askedBy),
                         join(words.moment(row.release.askedAt))});
    made.content += table(made.title,
                          {{words("label.act")},
                           {words("label.consultation")},
                           {words("tab.letters")},
                           {words("label.asked_by")},
                           {words("label.asked_at")}},
                          cells);
    return page(desk, made);
}

http::Reply one(Desk& desk) {
    const auto row = rowHere(desk);
    return row ? show(desk, *row, nullptr, 200) : notFoundPage(desk);
}

http::Reply decide(Desk& desk) {
    const auto row = rowHere(desk);
    if (!row) return notFoundPage(desk);
    const auto id = row->release.id;
    const auto wanted = desk.field("step");
    std::optional<Error> refusal;
    if (wanted == "release") {
        const Act* act = findAct(row->release.act);
        if (act && domainsStop(desk, *act, row->release.consultation, ActInput::fromJson(row->release.fields)))
            refusal = Error{ErrorKind::invalid, "error.act.stopped", {}, {}};
        else {
            const auto done =
                desk.write([&](sqlite::Tx& tx) { return releaseAct(tx, desk.office(), desk.user(), id); });
            if (done) return back(consultationHref(row->release.consultation), "release_given");
            refusal = done.error();
        }
    } else if (wanted == "drop") {
        const auto done = desk.write([&](sqlite::Tx& tx) { return dropRelease(tx, desk.user(), id); });
        if (done) return back(consultationHref(row->release.consultation), "release_dropped");
        refusal = done.error();
    }
    const auto now = rowHere(desk);
    return show(desk, *now, refusal ? &*refusal : nullptr, refusal ? statusOf(refusal->kind) : 200);
}

} // namespace hoering::web::release_pages
