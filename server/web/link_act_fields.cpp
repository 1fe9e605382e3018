#include <charconv>

#include "web/act_fields.h"

namespace hoering::web {
namespace {

/// Whose link: named by the address at first, carried by the form after that.
Markup whose(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    const std::string typed = form.value("contact", desk.request.queryValue("kontakt"));
    std::int64_t id = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), id);
    for (const auto& party : about.parties)
        for (const auto& contact : party.contacts)
            if (contact.id == id)
                return facts({{desk.t("label.party"), join(party.name)},
                              {desk.t("label.contact"),
                               join(contact.name, contact.name.empty() ? "" : ", ", contact.mail)}}) +
                       hidden("contact", std::to_string(id));
    return el("p", {}, link(desk.t("page.act.choose_contact"), consultationHref(about.consultation.id, "/parter")));
}

} // namespace

Markup resendFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    return whose(desk, form, about);
}

Markup revokeFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    return whose(desk, form, about) + reasonField(form, "hint.revoke_reason", true);
}

} // namespace hoering::web
