// "Tjek dit svar": exactly what will be filed, what to think twice about, and the second confirmation that sends it.
// Not here: writing (writing_pages.cpp), the receipt (receipt_pages.cpp).
#include <chrono>

#include "domain/personal_data.h"
#include "sqlite/drafts.h"
#include "usecases/save_draft.h"
#include "usecases/submit_response.h"
#include "web/answer_parts.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"

namespace hoering::web::answer_pages {
namespace {

/// What a person should see before sending; nothing here stops it but an empty answer.
std::vector<Finding> warningsAbout(const Desk& desk, const Draft& draft) {
    std::vector<Finding> found;
    const auto& visit = desk.party();
    if (draft.text.empty())
        found.push_back({draft.files.empty(),
                         draft.files.empty() ? "finding.answer.nothing" : "finding.answer.only_files",
                         {},
                         "text"});
    for (const auto& number : cprNumbersIn(draft.text))
        found.push_back({false, "finding.answer.cpr", {{"number", number}}, "text"});
    for (const auto& file : draft.files) lookAtAnswerFile(file, "file", found);
    const auto left = deadlineFor(visit.consultation, visit.party).endsAt() - desk.now.instant;
    using namespace std::chrono;
    if (left > 0ms && left < 60min)
        found.push_back({false,
                         "finding.answer.soon",
                         {{"minutes", desk.words.count("count.minutes", ceil<minutes>(left).count())}},
                         ""});
    return found;
}

/// Nothing could be stored just now (503): what was sent is shown as it was, under the key it had.
bool isNotStored(const Form& form) { return form.refusal() && form.refusal()->kind == ErrorKind::busy; }

http::Reply checkPage(Desk& desk, const Standing& standing, const Form& form, int status) {
    const PartyVisit& visit = desk.party();
    const bool maySend = standing.maySend();
    Page shown =
        partyPage(desk, desk.t(maySend ? "page.check.title" : "page.check.not_sent"), desk.t("page.answer.step_send"));
    shown.lead = desk.t(maySend ? "page.check.lead" : "page.check.lead_over", {{"party", visit.party.name}});
    const bool again = isNotStored(form);
    if (!again) shown.form = &form; // then nothing is wrong with what was sent
    Draft draft = *standing.draft;
    if (again) draft.text = form.value("text");
    const bool nothing = draft.text.empty() && draft.files.empty();
    const bool late = standing.may == Answering::late;
    const std::string button = desk.t(late                         ? "button.send_late"
                                      : standing.last() != nullptr ? "button.send_correction"
                                                                   : "button.send_answer");
    Markup content = again ? alert(Tone::error, desk.t("page.check.not_stored"),
                                   paragraph(desk.t("page.check.not_stored_text", {{"button", button}})))
                           : Markup();
    content += answerSteps(desk, 3, true, false) + answeringBox(desk, standing.may, true);
    if (maySend)
        content += findingList(desk.words, warningsAbout(desk, draft), [](const std::string& field) -> std::string {
            return field.empty() ? "" : "/mit-svar/skriv#field-" + field;
        });
    content += heading(desk.t("page.check.text"));
    content += draft.text.empty() ? paragraph(desk.t("page.check.no_text")) : wordForWord(draft.text);
    content += heading(desk.t(maySend ? "page.check.files" : "page.write.files"));
    content +=
        draft.files.empty() ? paragraph(desk.t("page.check.no_files")) : filesOf(desk, draft.files, "/mit-svar/filer/");
    if (maySend && !nothing) {
        content += heading(desk.t("page.check.send")) + paragraph(desk.t("letter.personal_data"));
        if (const Response* last = standing.last())
            content += paragraph(desk.t("page.check.replaces", {{"version", std::to_string(last->version)}}));
        else if (const Response* old = standing.withdrawn())
            content += paragraph(desk.t("page.check.after_withdrawal", {{"version", std::to_string(old->version)}}));
        content += postForm(
            desk, "/mit-svar/tjek", hidden("text", draft.text),
            hidden("version", again ? form.value("version") : std::to_string(draft.version)),
            hidden("key", again ? form.value("key") : submissionKeyOf(draft)),
            buttonRow(join(submitButton(button), " ", link(desk.t("button.go_on_writing"), "/mit-svar/skriv"))));
    } else {
        content += buttonRow(linkButton(desk.t(maySend ? "button.go_on_writing" : "page.answer.overview"),
                                        maySend ? "/mit-svar/skriv" : "/mit-svar"));
    }
    shown.content = withDeadline(desk, visit, content);
    return page(desk, shown, status);
}

/// The same page with the same answer under the same key: its button is the next try.
std::optional<http::Reply> notStored(Desk& desk) {
    const Standing standing = standingOf(desk);
    if (!standing.draft || !standing.maySend()) return std::nullopt;
    static const Error busy{ErrorKind::busy, "error.form", {}, {}};
    return checkPage(desk, standing, Form(desk.words, desk.request, busy), statusOf(busy.kind));
}

/// A rule said no. What was about to be sent is kept as a draft where it is not one already, and shown.
http::Reply notSent(Desk& desk, const SubmitInput& input, const Error& error) {
    Standing standing = standingOf(desk);
    if (!standing.draft && !input.text.empty()) {
        if (desk.write([&](sqlite::Tx& tx) { return saveDraft(tx, desk.party(), {input.text, 0}); }))
            standing = standingOf(desk);
    }
    const Form form(desk.words, desk.request, error);
    if (standing.draft) return checkPage(desk, standing, form, statusOf(error.kind));
    Page shown = partyPage(desk, desk.t("page.check.not_sent"), desk.t("page.answer.step_send"));
    shown.form = &form;
    Markup content = answeringBox(desk, standing.may, false);
    if (const auto typed = form.value("text"); !typed.empty())
        content += heading(desk.t("page.write.kept")) + wordForWord(typed);
    content += buttonRow(linkButton(desk.t("page.answer.overview"), "/mit-svar"));
    shown.content = withDeadline(desk, desk.party(), content);
    return page(desk, shown, statusOf(error.kind));
}

} // namespace

http::Reply check(Desk& desk) {
    const Standing standing = standingOf(desk);
    if (!standing.draft) return http::Reply::seeOther(standing.last() ? "/mit-svar" : "/mit-svar/skriv");
    return checkPage(desk, standing, Form(desk.words), 200);
}

/// The one write everything else is there for: only storing is left to the writer, no thread waits for the disk, and a
/// page is made only when a rule says no.
http::Reply submit(Desk& desk) {
    SubmitInput input;
    input.text = desk.field("text");
    input.draftVersion = desk.numberField("version");
    input.key = desk.field("key");
    input.received = desk.request.received;
    struct Sending {
        SubmitInput input;
        Result<PreparedResponse> prepared;
    };
    desk.notStored = notStored;
    std::optional<Draft> draft;
    if (input.draftVersion != 0)
        draft = desk.read([&](sqlite::ReadTx& tx) { return sqlite::findDraft(tx, desk.party().party.id); });
    auto prepared = prepareResponse(desk.party(), draft, input);
    const auto sending = std::make_shared<Sending>(Sending{std::move(input), std::move(prepared)});
    return desk.writeThen(
        [&desk, sending](sqlite::Tx& tx) {
            auto& [given, made] = *sending;
            return submitResponse(tx, desk.party(), given, made ? &*made : nullptr);
        },
        http::Reply::seeOther("/mit-svar/kvittering"),
        [sending](Desk& at, const Error& error) { return notSent(at, sending->input, error); });
}

} // namespace hoering::web::answer_pages
