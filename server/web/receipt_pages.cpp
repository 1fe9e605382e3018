// The receipt, as a page and as a PDF, and the two short answers that need no text.
#include "common/id.h"
#include "documents/pdf.h"
#include "usecases/submit_response.h"
#include "web/answer_parts.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"

namespace hoering::web::answer_pages {
namespace {

std::string fileFacts(const Desk& desk, const StoredFile& file) {
    return file.name + " (" + desk.words.size(file.size) + ", SHA-256 " + file.sha256.substr(0, 16) + " …)";
}

/// An answer that came another way: how, who wrote it in, and when.
std::string registeredBy(const Desk& desk, const Response& response) {
    return desk.t("page.response.registered_as",
                  {{"channel", desk.t("channel." + std::string(channelName(response.channel)))},
                   {"name", response.registeredBy},
                   {"moment", desk.words.moment(*response.registeredAt)}});
}

/// Label and value of everything a receipt proves, in the order of the letter.
std::vector<std::pair<std::string, std::string>> receiptFacts(const Desk& desk, const Response& response) {
    const auto& text = desk.party().consultation.text;
    std::vector<std::pair<std::string, std::string>> rows{
        {desk.t("letter.fact.receipt"), response.receipt},
        {desk.t("letter.fact.title"), text.title},
        {desk.t("page.receipt.party"), desk.party().party.name},
        {desk.t("page.answer.kind"), desk.t("response_kind." + std::string(kindName(response.kind)))},
        {desk.t("letter.fact.received"), desk.words.momentExact(response.receivedAt)},
        response.registeredAt ? std::pair{desk.t("letter.fact.registered_by"), registeredBy(desk, response)}
                              : std::pair{desk.t("letter.fact.submitted_by"), response.submittedBy},
        {desk.t("letter.fact.version"), std::to_string(response.version)},
        {desk.t("letter.fact.checksum"), response.checksum}};
    if (!text.journalNumber.empty())
        rows.insert(rows.begin() + 2, {desk.t("letter.fact.journal_number"), text.journalNumber});
    for (const auto& file : response.files) rows.emplace_back(desk.t("page.receipt.file"), fileFacts(desk, file));
    return rows;
}

/// One button and nothing to type; a draft that would go is named first.
http::Reply shortAnswer(Desk& desk, const std::string& key, const std::string& action) {
    const Standing standing = standingOf(desk);
    const PartyVisit& visit = desk.party();
    Page shown = partyPage(desk, desk.t(key + ".title"), desk.t(key + ".title"));
    Markup content = answeringBox(desk, standing.may, standing.draft.has_value());
    if (standing.maySend()) {
        content += paragraph(desk.t(key + ".text", {{"party", visit.party.name}}));
        if (standing.draft)
            content += alert(Tone::warning, desk.t("page.short_answer.draft"),
                             paragraph(desk.t("page.short_answer.draft_text")));
        if (const Response* last = standing.last())
            content += alert(
                Tone::warning, desk.t("page.short_answer.replaces"),
                paragraph(desk.t("page.short_answer.replaces_text", {{"version", std::to_string(last->version)}})));
        content += postForm(
            desk, action, hidden("key", newKey()),
            buttonRow(join(submitButton(desk.t(key + ".button")), " ", link(desk.t("button.back"), "/mit-svar"))));
    }
    shown.content = withDeadline(desk, visit, content);
    return page(desk, shown);
}

http::Reply submitShort(Desk& desk, ResponseKind kind) {
    SubmitInput input;
    input.kind = kind;
    input.key = desk.field("key");
    input.received = desk.request.received;
    const auto sent = desk.write([&](sqlite::Tx& tx) { return submitResponse(tx, desk.party(), input); });
    if (!sent) return problemPage(desk, sent.error());
    return http::Reply::seeOther("/mit-svar/kvittering");
}

} // namespace

http::Reply receipt(Desk& desk) {
    const Standing standing = standingOf(desk);
    const Response* last = standing.last();
    if (!last) return http::Reply::seeOther("/mit-svar");
    const PartyVisit& visit = desk.party();
    Page shown = partyPage(desk, desk.t(last->late ? "page.receipt.title_late" : "page.receipt.title"),
                           desk.t("page.receipt.crumb"));
    shown.lead = desk.t("letter.receipt." + std::string(kindName(last->kind)) + "_page", {{"party", visit.party.name}});
    Markup content;
    if (last->late)
        content += alert(
            Tone::warning, desk.t("page.receipt.late"),
            paragraph(closedEarly(visit.consultation)
                          ? desk.t("page.receipt.late_early_text",
                                   {{"moment", desk.words.moment(*visit.consultation.closedAt)}})
                          : desk.t("page.receipt.late_text",
                                   {{"deadline", desk.words.deadline(deadlineFor(visit.consultation, visit.party))}})));
    std::vector<std::pair<std::string, Markup>> rows;
    for (const auto& [label, value] : receiptFacts(desk, *last)) rows.emplace_back(label, join(value));
    content += facts(rows);
    content += buttonRow(join(linkButton(desk.t("button.receipt_pdf"), "/mit-svar/kvittering.pdf"), " ",
                              link(desk.t("page.answer.overview"), "/mit-svar")));
    if (!last->text.empty()) content += heading(desk.t("page.receipt.your_answer")) + wordForWord(last->text);
    content += heading(desk.t("page.receipt.next")) + paragraph(desk.t("page.receipt.mail"));
    if (standing.may == Answering::inTime)
        content +=
            paragraph(desk.t("letter.receipt.correct",
                             {{"deadline", desk.words.deadline(deadlineFor(visit.consultation, visit.party))}})) +
            el("p", {}, link(desk.t("page.withdraw.title"), withdrawHref));
    const auto& afterwards = visit.consultation.text.afterwards;
    content +=
        afterwards.empty()
            ? paragraph(desk.t(closedEarly(visit.consultation) ? "letter.afterwards_closed" : "letter.afterwards"))
            : paragraphs(afterwards);
    shown.content = withDeadline(desk, visit, content);
    return page(desk, shown);
}

http::Reply receiptPdf(Desk& desk) {
    const Standing standing = standingOf(desk);
    const Response* last = standing.last();
    if (!last) return notFoundPage(desk);
    const auto& house = desk.settings().municipality;
    documents::Document document;
    document.title = desk.t("page.receipt.pdf_title");
    document.language = desk.words.language();
    document.author = house.name;
    document.subject = desk.party().consultation.text.title;
    document.headerText = house.name;
    document.pageWord = desk.t("digest.page");
    document.brandColour = house.colour;
    document.asOf = std::chrono::floor<std::chrono::seconds>(last->receivedAt);
    document.blocks.emplace_back(documents::Facts{receiptFacts(desk, *last)});
    if (last->late)
        document.blocks.emplace_back(documents::Paragraph{{{desk.t("page.receipt.late"), true, false, ""}}});
    if (!last->text.empty()) {
        document.blocks.emplace_back(documents::Heading{2, desk.t("page.receipt.your_answer")});
        document.blocks.emplace_back(documents::Quote{last->text});
    }
    return http::Reply::download(documents::toPdf(document), "application/pdf", "kvittering-" + last->receipt + ".pdf");
}

http::Reply noRemarks(Desk& desk) { return shortAnswer(desk, "page.no_remarks", "/mit-svar/ingen-bemaerkninger"); }
http::Reply submitNoRemarks(Desk& desk) { return submitShort(desk, ResponseKind::noRemarks); }
http::Reply declined(Desk& desk) { return shortAnswer(desk, "page.declined", "/mit-svar/ikke-vores-omraade"); }
http::Reply submitDeclined(Desk& desk) { return submitShort(desk, ResponseKind::declined); }

} // namespace hoering::web::answer_pages
