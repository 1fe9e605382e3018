// The inputs of the acts' forms, a function each; the names of the inputs are those the acts read.
// Not here: which act has which form and address (act_forms.h), the steps around a form (act_pages.cpp).
#pragma once

#include <string_view>

#include "web/act_forms.h"

namespace hoering::web {

/// Why, in the office's own words: field "reason".
Markup reasonField(const Form& form, std::string_view hintKey, bool required);
/// The files chosen so far, each with a box to leave it out (and its title), and the input for more: field "file".
Markup actFileFields(const Desk& desk, const Form& form, const ConsultationDesk& about, ActFiles files, bool required);

Markup enclosureFields(const Desk& desk, const Form& form, const ConsultationDesk& about); // case_act_fields.cpp
Markup concludeFields(const Desk& desk, const Form& form, const ConsultationDesk& about);
Markup registerFields(const Desk& desk, const Form& form, const ConsultationDesk& about); // answer_act_fields.cpp
Markup withdrawalFields(const Desk& desk, const Form& form, const ConsultationDesk& about);
Markup resendFields(const Desk& desk, const Form& form, const ConsultationDesk& about); // link_act_fields.cpp
Markup revokeFields(const Desk& desk, const Form& form, const ConsultationDesk& about);

} // namespace hoering::web
