// The form of each act: its address, what is typed, and when it is offered. One function per act.
// Not here: the steps form – preview – confirm (act_pages), what the act does (server/usecases/acts.h and its verbs).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "usecases/acts.h"
#include "web/components.h"
#include "web/office_parts.h"

namespace hoering::web {

/// Whether files can be chosen on it, and whether each gets a title.
enum class ActFiles { none, plain, titled };

struct ActForm {
    const Act* act;
    std::string_view slug; // last part of the address: "aflys"
    /// The inputs. Their names are those the act reads.
    Markup (*fields)(const Desk&, const Form&, const ConsultationDesk&);
    bool (*offered)(const Consultation&);
    ButtonKind button = ButtonKind::primary; // of the confirmation
    bool inMenu = true;                      // false: begun from another page (an extension request …)
    /// Why the form cannot be shown, for what the address names besides the consultation.
    std::optional<Error> (*refused)(const Desk&, const ConsultationDesk&) = nullptr;
    ActFiles files = ActFiles::none; // uploaded as field "file", then carried by id
    std::string_view after = "";     // where it ends, under the consultation: "/parter"
};

std::span<const ActForm> actForms();
const ActForm* findActForm(std::string_view slug);
const ActForm* formOf(std::string_view act);

/// "/kontor/hoeringer/7/handlinger/aflys"
std::string actHref(std::int64_t consultation, std::string_view slug);
/// The acts offered now, as a menu of links; empty when there are none.
Markup actMenu(const Desk& desk, const Consultation& consultation);

} // namespace hoering::web
