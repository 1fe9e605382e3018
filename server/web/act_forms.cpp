#include "web/act_forms.h"

#include <array>

#include "domain/access.h"
#include "domain/extension.h"
#include "sqlite/extensions.h"
#include "usecases/add_enclosure.h"
#include "usecases/answer_extension.h"
#include "usecases/cancel_consultation.h"
#include "usecases/close_early.h"
#include "usecases/conclude_consultation.h"
#include "usecases/extend_deadline.h"
#include "usecases/extend_party.h"
#include "usecases/register_response.h"
#include "usecases/register_withdrawal.h"
#include "usecases/resend_link.h"
#include "web/act_fields.h"
#include "web/consultation_form.h"
#include "web/extension_parts.h"

namespace hoering::web {
namespace {

bool isOpen(const Consultation& about) { return about.state == ConsultationState::open; }

bool takesAnswers(const Consultation& about) { return isOpen(about) || about.state == ConsultationState::closed; }
bool isSent(const Consultation& about) { return about.state != ConsultationState::draft; }

Markup reasonOnly(const Desk&, const Form& form, const ConsultationDesk& about) {
    return reasonField(form, "hint.act_reason", about.consultation.state != ConsultationState::draft);
}

Markup extendFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    const auto& words = desk.words;
    return el("p", {}, words("page.extend.now", {{"deadline", words.deadline(*about.consultation.text.deadline)}})) +
           deadlineFields(form, std::nullopt, true) +
           textArea(form, {"reason", words("label.reason"), words("hint.extend_reason"), true}, 4);
}

/// One party's deadline and reason. The office's own list knows what each party has now.
Markup ownDeadlineFields(const Form& form, const std::optional<Deadline>& proposed, std::string_view reason) {
    const auto& words = form.words();
    return deadlineFields(form, proposed, true) +
           textArea(form, {"reason", words("label.reason"), words("hint.extend_party_reason"), true}, 4, reason);
}

Markup extendPartyFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    const auto& words = desk.words;
    std::vector<Choice> parties{{"", words("choice.choose_party"), ""}};
    for (const auto& party : about.parties)
        parties.push_back(
            {std::to_string(party.id),
             words("choice.party_with_deadline",
                   {{"party", party.name}, {"deadline", words.deadlineShort(deadlineFor(about.consultation, party))}}),
             ""});
    return selectField(form, {"party", words("label.party"), "", true}, parties, desk.request.queryValue("party")) +
           ownDeadlineFields(form, std::nullopt, "");
}

std::string requestNamed(const Desk& desk, const Form& form) {
    return form.value("request", desk.request.queryValue("request"));
}

/// The request an answer is being written to, if it waits here.
Result<ExtensionRequest> requestHere(const Desk& desk, const ConsultationDesk& about, std::string request) {
    const ActInput input{{{"request", std::move(request)}}};
    return desk.services.database.read(
        [&](sqlite::ReadTx& tx) { return requestToAnswer(tx, about.consultation, input); });
}

std::optional<Error> requestRefused(const Desk& desk, const ConsultationDesk& about) {
    const auto found = requestHere(desk, about, std::string(desk.request.queryValue("request")));
    if (!found) return found.error();
    return std::nullopt;
}

std::optional<Error> nothingToWithdraw(const Desk& desk, const ConsultationDesk& about) {
    const auto standing =
        desk.services.database.read([&](sqlite::ReadTx& tx) { return standingAnswers(tx, about.consultation.id); });
    if (standing.empty()) return Error{ErrorKind::closed, "error.withdrawal.nobody", {}, {}};
    return std::nullopt;
}

Markup grantFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    const auto named = requestNamed(desk, form);
    const auto request = requestHere(desk, about, named);
    if (!request) return {};
    return requestFacts(desk.words, *request) + hidden("request", named) +
           ownDeadlineFields(form, request->wanted, request->reason);
}

Markup refuseFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    const auto& words = desk.words;
    const auto named = requestNamed(desk, form);
    const auto request = requestHere(desk, about, named);
    if (!request) return {};
    return requestFacts(words, *request) + hidden("request", named) +
           textArea(form, {"reason", words("label.refusal_reason"), words("hint.refusal_reason"), true}, 4);
}

} // namespace

std::span<const ActForm> actForms() {
    static const std::array forms{
        ActForm{.act = &extendAct, .slug = "forlaeng", .fields = extendFields, .offered = mayExtend},
        ActForm{.act = &extendPartyAct, .slug = "forlaeng-part", .fields = extendPartyFields, .offered = mayExtendOne},
        ActForm{.act = &grantExtensionAct,
                .slug = "giv-frist",
                .fields = grantFields,
                .offered = mayExtendOne,
                .inMenu = false,
                .refused = requestRefused},
        ActForm{.act = &refuseExtensionAct,
                .slug = "afslaa-frist",
                .fields = refuseFields,
                .offered = mayExtend,
                .button = ButtonKind::warning,
                .inMenu = false,
                .refused = requestRefused},
        ActForm{.act = &addEnclosureAct,
                .slug = "nyt-bilag",
                .fields = enclosureFields,
                .offered = isOpen,
                .files = ActFiles::titled},
        ActForm{.act = &registerAct,
                .slug = "registrer-svar",
                .fields = registerFields,
                .offered = takesAnswers,
                .files = ActFiles::plain},
        ActForm{.act = &registerWithdrawalAct,
                .slug = "registrer-tilbagetraekning",
                .fields = withdrawalFields,
                .offered = takesAnswers,
                .button = ButtonKind::warning,
                .refused = nothingToWithdraw,
                .after = "/svar"},
        ActForm{.act = &concludeAct,
                .slug = "afslut",
                .fields = concludeFields,
                .offered = [](const Consultation& about) { return about.state == ConsultationState::closed; }},
        ActForm{.act = &resendLinkAct,
                .slug = "send-link-igen",
                .fields = resendFields,
                .offered = isSent,
                .inMenu = false,
                .after = "/parter"},
        ActForm{.act = &revokeLinkAct,
                .slug = "spaer-link",
                .fields = revokeFields,
                .offered = isSent,
                .button = ButtonKind::warning,
                .inMenu = false,
                .after = "/parter"},
        ActForm{&closeEarlyAct, "luk", reasonOnly, isOpen, ButtonKind::warning},
        ActForm{&cancelAct, "aflys", reasonOnly,
                [](const Consultation& about) { return isOpen(about) || about.state == ConsultationState::draft; },
                ButtonKind::warning},
    };
    return forms;
}

const ActForm* findActForm(std::string_view slug) {
    for (const auto& form : actForms())
        if (form.slug == slug) return &form;
    return nullptr;
}

const ActForm* formOf(std::string_view act) {
    for (const auto& form : actForms())
        if (form.act->name == act) return &form;
    return nullptr;
}

std::string actHref(std::int64_t consultation, std::string_view slug) {
    return consultationHref(consultation, "/handlinger/" + std::string(slug));
}

Markup actMenu(const Desk& desk, const Consultation& consultation) {
    Markup items;
    for (const auto& form : actForms())
        if (form.inMenu && form.offered(consultation))
            items += el("li", {},
                        link(desk.t("act_name." + std::string(form.act->name)), actHref(consultation.id, form.slug)));
    if (items.empty()) return {};
    return el("details", {{"class", "act-menu"}}, el("summary", {}, desk.t("page.act.menu")), el("ul", {}, items));
}

} // namespace hoering::web
