// Pages about the service itself, the check of a receipt, the language, and what machines ask.
#include <algorithm>

#include "common/crypto.h"
#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/responses.h"
#include "sqlite/withdrawals.h"
#include "web/components.h"
#include "web/desk.h"
#include "web/handlers.h"
#include "web/page_parts.h"
#include "web/problem.h"
#include "web/visitor.h"

namespace hoering::web::service_pages {
namespace {

/// Sections "<prefix>.1.title" / ".1.text", ".2.…" and so on, as many as there are.
Markup sections(const Desk& desk, const std::string& prefix, const Args& args) {
    Markup out;
    for (int n = 1; desk.words.has(prefix + "." + std::to_string(n) + ".title"); ++n) {
        const std::string key = prefix + "." + std::to_string(n);
        out += heading(desk.t(key + ".title")) + paragraphs(desk.t(key + ".text", args));
    }
    return out;
}

Args houseArgs(const Desk& desk) {
    const auto& house = desk.settings().municipality;
    return {{"municipality", house.name},
            {"grace", desk.words.count("count.days", desk.settings().consultations.linkGraceDays)}};
}

Page plainPage(const Desk& desk, const std::string& key) {
    Page shown;
    shown.title = desk.t(key + ".title");
    shown.lead = desk.t(key + ".lead", houseArgs(desk));
    shown.crumbs = {{desk.t("page.start.title"), "/"}, {shown.title, ""}};
    shown.content = el("div", {{"class", "prose"}}, sections(desk, key, houseArgs(desk)));
    return shown;
}

/// What people type or read aloud, as it is stored: "k7qm 3xrto9f2a" -> "K7QM-3XRT-09F2…" (Crockford's base 32 takes
/// O as 0, and I and L as 1). "" if it cannot be one.
std::string receiptFromTyped(std::string_view typed) {
    std::string out;
    for (char c : typed) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return "";
        if (out.size() == 4 || out.size() == 9) out += '-';
        out += c;
    }
    return out.size() == 14 ? out : "";
}

/// What the register says of an answer, but not what it says itself.
Markup receiptProof(const Desk& desk, const Response& response, const std::string& title, bool replaced) {
    Markup out = facts({{desk.t("letter.fact.receipt"), join(response.receipt)},
                        {desk.t("letter.fact.title"), join(title)},
                        {desk.t("letter.fact.received"), join(desk.words.momentExact(response.receivedAt))},
                        {desk.t("letter.fact.version"), join(std::to_string(response.version))},
                        {desk.t("letter.fact.checksum"), el("code", {}, response.checksum)}});
    if (response.withdrawal)
        out += paragraph(
            desk.t("page.receipt_check.withdrawn", {{"moment", desk.words.momentExact(response.withdrawal->at)}}));
    return replaced ? out + paragraph(desk.t("page.receipt_check.replaced")) : out;
}

} // namespace

http::Reply about(Desk& desk) {
    Page shown = plainPage(desk, "page.about");
    shown.content += heading(desk.t("page.contact.heading")) + whomToCall(desk);
    return page(desk, shown);
}

http::Reply privacy(Desk& desk) {
    Page shown = plainPage(desk, "page.privacy");
    const auto& house = desk.settings().municipality;
    shown.content += heading(desk.t("page.privacy.whom"));
    if (!house.privacyContact.empty())
        shown.content += paragraph(desk.t("page.privacy.officer", {{"contact", house.privacyContact}}));
    shown.content += whomToCall(desk);
    return page(desk, shown);
}

http::Reply cookies(Desk& desk) {
    Page shown = plainPage(desk, "page.cookies");
    std::vector<std::vector<Markup>> rows;
    for (const std::string name : {"svar", "kontor", "kode", "sprog"})
        rows.push_back({el("code", {}, http::cookieName(name, desk.services.secure)),
                        join(desk.t("page.cookies." + name + ".purpose")),
                        join(desk.t("page.cookies." + name + ".life"))});
    shown.content +=
        table(desk.t("page.cookies.table"),
              {{desk.t("page.cookies.name")}, {desk.t("page.cookies.purpose")}, {desk.t("page.cookies.life")}}, rows);
    return page(desk, shown);
}

http::Reply accessibility(Desk& desk) {
    const auto& house = desk.settings().municipality;
    if (!house.accessibilityStatementUrl.empty()) return http::Reply::seeOther(house.accessibilityStatementUrl);
    Page shown = plainPage(desk, "page.accessibility");
    shown.content += heading(desk.t("page.contact.heading")) + whomToCall(desk);
    return page(desk, shown);
}

http::Reply receipt(Desk& desk) {
    const std::string typed = cleanLine(mendUtf8(desk.request.queryValue("nummer")));
    const std::string number = receiptFromTyped(firstCodePoints(typed, 40));
    struct Found {
        Response response;
        std::string title;
        bool replaced = false;
        bool ofWithdrawal = false; // the number is the withdrawal's
    };
    std::optional<Found> found;
    if (!number.empty())
        found = desk.read([&](sqlite::ReadTx& tx) -> std::optional<Found> {
            auto response = sqlite::findResponseByReceipt(tx, number);
            const auto withdrawn = response ? std::nullopt : sqlite::withdrawnByReceipt(tx, number);
            if (withdrawn) response = sqlite::findResponse(tx, *withdrawn);
            if (!response) return std::nullopt;
            auto title = sqlite::findConsultation(tx, response->consultation)->text.title;
            const bool replaced = sqlite::versionsOf(tx, response->party) > response->version;
            return Found{std::move(*response), std::move(title), replaced, withdrawn.has_value()};
        });

    Page shown;
    shown.title = desk.t("page.receipt_check.title");
    shown.lead = desk.t("page.receipt_check.lead");
    shown.crumbs = {{desk.t("page.start.title"), "/"}, {shown.title, ""}};
    if (found)
        shown.content =
            alert(Tone::success, desk.t("page.receipt_check.found"),
                  (found->ofWithdrawal ? paragraph(desk.t("page.receipt_check.of_withdrawal", {{"receipt", number}}))
                                       : Markup()) +
                      receiptProof(desk, found->response, found->title, found->replaced));
    else if (!typed.empty())
        shown.content = alert(Tone::warning, desk.t("page.receipt_check.unknown"),
                              paragraph(desk.t("page.receipt_check.unknown_text")) + whomToCall(desk));
    shown.content += el("form", {{"method", "get"}, {"action", "/kvittering"}},
                        el("div", {{"class", "form-group"}},
                           el("label", {{"class", "form-label"}, {"for", "nummer"}}, desk.t("label.receipt")),
                           el("span", {{"class", "form-hint"}, {"id", "nummer-hint"}}, desk.t("hint.receipt")),
                           voidEl("input", {{"type", "text"},
                                            {"class", "form-input"},
                                            {"id", "nummer"},
                                            {"name", "nummer"},
                                            {"value", typed},
                                            {"autocomplete", "off"},
                                            {"spellcheck", "false"},
                                            {"aria-describedby", "nummer-hint"},
                                            {"maxlength", "40"}})),
                        el("p", {}, submitButton(desk.t("button.check_receipt"))));
    return page(desk, shown);
}

http::Reply chooseLanguage(Desk& desk) {
    const bool english = desk.field("til") == "en";
    const auto back = desk.field("tilbage");
    constexpr long year = 365L * 24 * 60 * 60;
    return http::Reply::seeOther(isLocalPath(back) ? std::string(back) : "/")
        .cookie(languageCookie, english ? "en" : "da", desk.services.secure, year);
}

http::Reply health(Desk& desk) {
    return http::Reply::json(desk.services.healthJson(), desk.services.ready() ? 200 : 503);
}

http::Reply metrics(Desk& desk) {
    const auto& token = desk.settings().server.metricsToken;
    // Without the token there is no such page: nobody learns that there are figures.
    if (token.empty() || !equalConstantTime(desk.request.header("authorization"), "Bearer " + token))
        return notFoundPage(desk);
    http::Reply reply = http::Reply::text(desk.services.metricsText());
    reply.contentType = "text/plain; version=0.0.4; charset=utf-8";
    return reply;
}

} // namespace hoering::web::service_pages
