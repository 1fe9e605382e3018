#include "web/act_fields.h"

namespace hoering::web {

Markup enclosureFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    return actFileFields(desk, form, about, ActFiles::titled, true) +
           textArea(form, {"reason", desk.t("label.what_is_new"), desk.t("hint.what_is_new"), true}, 4);
}

Markup concludeFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    const auto& words = desk.words;
    Field date{"outcome_date", words("label.outcome_date"), words("hint.outcome_date"), true};
    date.size = 22;
    return textArea(form, {"outcome", words("label.decision"), words("hint.decision"), true}, 8) +
           textField(form, date) +
           textField(form, {"committee", words("label.outcome_by"), words("hint.outcome_by")},
                     about.consultation.text.committee);
}

} // namespace hoering::web
