#include "web/digest_document.h"

#include <algorithm>

#include "web/office_document.h"

namespace hoering::web {
namespace {

using namespace documents;

/// Written to or heard from: nobody may read that a party was asked when no letter ever was made.
bool belongs(const DigestParty& entry) { return entry.status != PartyStatus::notInvited || !entry.versions.empty(); }

struct Writer {
    const text::Words& words;
    const Digest& digest;
    Document& out;

    std::string t(std::string_view key, const Args& args = {}) const { return words(key, args); }
    std::string roleOf(const Party& party) const {
        return t(party.unsolicited ? "party_role.unsolicited" : "party_role." + std::string(roleName(party.role)));
    }
    void heading(int level, std::string text) { out.blocks.emplace_back(Heading{level, std::move(text)}); }
    void paragraph(std::string text, bool muted = false) {
        out.blocks.emplace_back(Paragraph{{{std::move(text), false, muted, ""}}});
    }

    void summary();
    void consultation();
    void ending();
    void parties();
    void points();
    void changes();
    void answers();
    std::string earlierVersion(const Response& version) const;
    void answer(const DigestParty& entry, int number);
    void withdrawn();
};

Cell cell(std::string text) { return {{{std::move(text), false, false, ""}}, false}; }
Cell tick(bool yes) { return cell(yes ? "✓" : ""); }

void Writer::summary() {
    const auto& f = digest.figures;
    heading(1, t("digest.summary"));
    if (digest.preliminary) paragraph(preliminaryText(words, digest));
    paragraph(t("digest.summary_text", {{"consulted", words.count("digest.consulted_n", f.consulted)},
                                        {"answered", words.number(f.answered)},
                                        {"no_remarks", words.number(f.noRemarks)},
                                        {"declined", words.number(f.declined)},
                                        {"no_answer", words.number(f.noAnswer)}}));
    if (f.informed > 0)
        paragraph(t("digest.informed_text", {{"informed", words.count("digest.informed_n", f.informed)},
                                             {"answered", words.number(f.informedAnswered)}}));
    if (f.joint > 0) paragraph(words.count("digest.joint_n", f.joint));
    if (f.unsolicited > 0) paragraph(words.count("digest.unsolicited_n", f.unsolicited));
    if (f.withdrawn > 0) paragraph(words.count("digest.withdrawn_n", f.withdrawn));
    if (f.late > 0) paragraph(words.count("digest.late_n", f.late));
    const auto bars = digestBars(words, f);
    std::string description;
    for (const auto& [label, value] : bars)
        description += (description.empty() ? "" : ", ") + label + ": " + words.number(value);
    out.blocks.emplace_back(Chart{t("digest.chart"), description, bars});
    if (f.files > 0) paragraph(words.count("digest.files_n", f.files));
}

void Writer::consultation() {
    const auto& text = digest.consultation.text;
    heading(1, t("digest.consultation"));
    Facts facts;
    const auto row = [&](std::string_view key, std::string value) {
        if (!value.empty()) facts.rows.emplace_back(t(key), std::move(value));
    };
    row("letter.fact.title", text.title);
    row("letter.fact.committee", text.committee);
    if (text.decisionDate) row("digest.decision_date", words.weekdayDate(*text.decisionDate));
    row("digest.unit", text.unit);
    row("letter.fact.journal_number", text.journalNumber);
    row("digest.officer", text.officerName);
    if (digest.consultation.openedAt && text.deadline) {
        row("digest.opened", words.moment(*digest.consultation.openedAt));
        row("letter.fact.deadline", words.deadline(*text.deadline));
        row("digest.period",
            digest.periodDays > 0 ? words.count("count.days", digest.periodDays) : t("digest.period_under_a_day"));
    }
    row("digest.short_reason", text.shortPeriodReason);
    if (closedEarly(digest.consultation)) {
        row("digest.closed_early", words.moment(*digest.consultation.closedAt));
        row("digest.closed_early_reason", digest.consultation.endedReason);
    }
    out.blocks.emplace_back(std::move(facts));
    ending();

    if (!digest.changes.empty()) {
        heading(2, t("digest.moved"));
        List moves;
        for (const auto& change : digest.changes) {
            const Args args{{"date", words.date(dateOf(toLocal(change.at)))},
                            {"party", change.partyName},
                            {"before", words.deadline(change.from)},
                            {"deadline", words.deadline(change.to)}};
            moves.items.push_back({{t(change.party ? "digest.moved_one" : "digest.moved_all", args), false, false, ""},
                                   {" " + t("digest.moved_reason", {{"reason", change.reason}}), false, true, ""}});
        }
        out.blocks.emplace_back(std::move(moves));
    }
    if (!digest.enclosures.empty()) {
        heading(2, t("digest.enclosures"));
        List list;
        list.numbered = true;
        for (const auto& each : digest.enclosures)
            list.items.push_back({{each.title, false, false, ""},
                                  {" (" + each.file.name + ", " + words.size(each.file.size) +
                                       (each.addedAt ? ", " + t("page.view.added",
                                                                {{"date", words.date(dateOf(toLocal(*each.addedAt)))}})
                                                     : "") +
                                       ")",
                                   false, true, ""}});
        out.blocks.emplace_back(std::move(list));
    }
}

/// What became of it: decided, or cancelled.
void Writer::ending() {
    const auto& about = digest.consultation;
    Facts facts;
    const auto row = [&](std::string_view key, std::string value) {
        if (!value.empty()) facts.rows.emplace_back(t(key), std::move(value));
    };
    if (about.state == ConsultationState::concluded) {
        heading(2, t("digest.outcome"));
        row("letter.fact.outcome_by", about.outcomeBy);
        if (about.outcomeDate) row("letter.fact.outcome_date", words.weekdayDate(*about.outcomeDate));
        out.blocks.emplace_back(std::move(facts));
        out.blocks.emplace_back(Quote{about.outcome});
    } else if (about.state == ConsultationState::cancelled) {
        heading(2, t("digest.cancelled"));
        if (about.endedAt) row("digest.cancelled_at", words.moment(*about.endedAt));
        row("letter.fact.reason", about.endedReason);
        out.blocks.emplace_back(std::move(facts));
    }
}

void Writer::parties() {
    heading(1, t("digest.parties"));
    paragraph(t("digest.parties_text"));
    Table table;
    table.caption = t("digest.parties_table");
    table.head = {t("digest.party"),   t("digest.role"),       t("digest.received"),
                  t("digest.remarks"), t("digest.no_remarks"), t("digest.late")};
    table.widths = {5, 2, 1.6, 2.2, 2.2, 1.5};
    for (const auto& entry : digest.parties) {
        if (!belongs(entry)) continue;
        const Response* last = entry.answer();
        Cell name = cell(entry.party.name);
        if (withdrawnAnswer(entry.versions))
            name.spans.push_back({" (" + t("digest.withdrawn") + ")", false, true, ""});
        if (last && last->kind == ResponseKind::declined)
            name.spans.push_back({" (" + t("response_kind.declined") + ")", false, true, ""});
        if (!entry.jointWith.empty())
            name.spans.push_back({" (" + t("digest.joint_with", {{"party", entry.jointWith}}) + ")", false, true, ""});
        table.rows.push_back({std::move(name), cell(roleOf(entry.party)), tick(last != nullptr || entry.jointAnswered),
                              tick(last && last->kind == ResponseKind::remarks),
                              tick(last && last->kind == ResponseKind::noRemarks), tick(entry.late)});
    }
    out.blocks.emplace_back(std::move(table));
}

/// One row an answer; what only a person can write is left empty, to be filled in in Word.
void Writer::points() {
    heading(1, t("digest.points"));
    Table table;
    table.caption = t("digest.points_table");
    table.head = {t("digest.number"), t("digest.sender"), t("digest.resume"), t("digest.comments"),
                  t("digest.recommendation")};
    table.widths = {0.7, 2.2, 3, 3, 3};
    int number = 0;
    for (const auto& entry : digest.parties) {
        const Response* answer = entry.answer();
        if (!answer) continue;
        ++number;
        if (answer->kind != ResponseKind::remarks) continue;
        table.rows.push_back({cell(std::to_string(number)), cell(entry.party.name), cell(""), cell(""), cell("")});
    }
    if (table.rows.empty()) return paragraph(t("digest.no_points"));
    paragraph(t("digest.points_text"));
    out.blocks.emplace_back(std::move(table));
}

void Writer::changes() {
    constexpr int spareRows = 3;
    heading(1, t("digest.changes"));
    const bool remarks = std::any_of(digest.parties.begin(), digest.parties.end(), [](const auto& entry) {
        return entry.answer() && entry.answer()->kind == ResponseKind::remarks;
    });
    if (!remarks) return paragraph(t("digest.no_changes"));
    paragraph(t("digest.changes_text"));
    Table table;
    table.caption = t("digest.changes_table");
    table.head = {t("digest.change"), t("digest.change_reason")};
    table.widths = {1, 1};
    for (int i = 0; i < spareRows; ++i) table.rows.push_back({cell(""), cell("")});
    out.blocks.emplace_back(std::move(table));
}

/// Replaced by a newer one, or withdrawn before that came.
std::string Writer::earlierVersion(const Response& version) const {
    const auto at = version.withdrawal ? version.withdrawal->at : version.receivedAt;
    return t(version.withdrawal ? "digest.version_withdrawn" : "digest.version_replaced",
             {{"version", std::to_string(version.version)}, {"moment", words.moment(at)}});
}

void Writer::answer(const DigestParty& entry, int number) {
    const Response& last = *entry.answer();
    heading(2, std::to_string(number) + ". " + entry.party.name);
    Facts facts;
    facts.rows.emplace_back(t("digest.role"), roleOf(entry.party));
    std::string others;
    for (const auto& other : digest.parties)
        if (other.party.jointWith == entry.party.id && !other.answer())
            others += (others.empty() ? "" : ", ") + other.party.name;
    if (!others.empty()) facts.rows.emplace_back(t("digest.on_behalf"), others);
    facts.rows.emplace_back(t("letter.fact.received"), words.momentExact(last.receivedAt));
    if (last.channel != Channel::online)
        facts.rows.emplace_back(t("digest.channel"), t("channel." + std::string(channelName(last.channel))));
    if (last.late) facts.rows.emplace_back(t("digest.late"), t("page.receipt.late"));
    if (last.registeredAt)
        facts.rows.emplace_back(
            t("letter.fact.registered_by"),
            t("page.response.registered", {{"name", last.registeredBy}, {"moment", words.moment(*last.registeredAt)}}));
    else facts.rows.emplace_back(t("letter.fact.submitted_by"), last.submittedBy);
    facts.rows.emplace_back(t("letter.fact.receipt"), last.receipt);
    std::string version = t("digest.version", {{"version", std::to_string(last.version)}});
    for (std::size_t i = 0; i + 1 < entry.versions.size(); ++i) version += "; " + earlierVersion(entry.versions[i]);
    facts.rows.emplace_back(t("letter.fact.version"), version);
    out.blocks.emplace_back(std::move(facts));
    if (last.kind != ResponseKind::remarks) return paragraph(t("digest.kind_" + std::string(kindName(last.kind))));
    if (!last.text.empty()) out.blocks.emplace_back(Quote{last.text});
    else paragraph(t("digest.only_files"));
    if (last.files.empty()) return;
    heading(3, t("digest.files_of"));
    List list;
    for (const auto& file : last.files)
        list.items.push_back(
            {{file.name, false, false, ""},
             {" (" + words.size(file.size) + ", SHA-256 " + file.sha256.substr(0, 16) + " …)", false, true, ""}});
    out.blocks.emplace_back(std::move(list));
}

void Writer::answers() {
    out.blocks.emplace_back(PageBreak{});
    heading(1, t("digest.answers"));
    paragraph(t("digest.answers_text"));
    int number = 0;
    for (const auto& entry : digest.parties)
        if (entry.answer()) answer(entry, ++number);
    if (number == 0) paragraph(t("digest.no_answers"));
    withdrawn();
}

/// Who took its answer back, and when; not what stood in it.
void Writer::withdrawn() {
    if (digest.figures.withdrawn == 0) return;
    heading(2, t("digest.withdrawn_answers"));
    paragraph(t("digest.withdrawn_text"));
    List list;
    for (const auto& entry : digest.parties)
        if (const Response* answer = withdrawnAnswer(entry.versions))
            list.items.push_back({{t("digest.withdrawn_line", {{"party", entry.party.name},
                                                               {"received", words.moment(answer->receivedAt)},
                                                               {"withdrawn", words.moment(answer->withdrawal->at)}}),
                                   false, false, ""}});
    out.blocks.emplace_back(std::move(list));
}

} // namespace

Document digestDocument(const text::Words& words, const Digest& digest, const std::string& municipality,
                        const std::string& colour) {
    auto out = officeDocument(words, words("digest.title", {{"title", digest.consultation.text.title}}), municipality,
                              colour, digest.asOf);
    Writer writer{words, digest, out};
    writer.summary();
    writer.consultation();
    writer.parties();
    writer.points();
    writer.changes();
    writer.answers();
    return out;
}

} // namespace hoering::web
