#include "web/act_forms.h"

#include <array>

#include "usecases/cancel_consultation.h"
#include "usecases/close_early.h"

namespace hoering::web {
namespace {

bool isOpen(const Consultation& about) { return about.state == ConsultationState::open; }

Markup reasonField(const Form& form, bool required) {
    const auto& words = form.words();
    return textArea(form, {"reason", words("label.reason"), words("hint.act_reason"), required}, 4);
}

Markup reasonOnly(const Desk&, const Form& form, const ConsultationDesk& about) {
    return reasonField(form, about.consultation.state != ConsultationState::draft);
}

} // namespace

std::span<const ActForm> actForms() {
    static const std::array forms{
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
