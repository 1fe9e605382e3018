#include "web/act_forms.h"

#include <array>

#include "usecases/add_enclosure.h"
#include "usecases/cancel_consultation.h"
#include "usecases/close_early.h"
#include "usecases/conclude_consultation.h"
#include "usecases/register_response.h"
#include "usecases/resend_link.h"
#include "web/act_fields.h"

namespace hoering::web {
namespace {

bool isOpen(const Consultation& about) { return about.state == ConsultationState::open; }

bool takesAnswers(const Consultation& about) { return isOpen(about) || about.state == ConsultationState::closed; }
bool isSent(const Consultation& about) { return about.state != ConsultationState::draft; }

Markup reasonOnly(const Desk&, const Form& form, const ConsultationDesk& about) {
    return reasonField(form, "hint.act_reason", about.consultation.state != ConsultationState::draft);
}

} // namespace

std::span<const ActForm> actForms() {
    static const std::array forms{
        ActForm{&addEnclosureAct, "nyt-bilag", enclosureFields, isOpen, ButtonKind::primary, true, ActFiles::titled},
        ActForm{&registerAct, "registrer-svar", registerFields, takesAnswers, ButtonKind::primary, true,
                ActFiles::plain},
        ActForm{&concludeAct, "afslut", concludeFields,
                [](const Consultation& about) { return about.state == ConsultationState::closed; }},
        ActForm{&resendLinkAct, "send-link-igen", resendFields, isSent, ButtonKind::primary, false, ActFiles::none,
                "/parter"},
        ActForm{&revokeLinkAct, "spaer-link", revokeFields, isSent, ButtonKind::warning, false, ActFiles::none,
                "/parter"},
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
