// The ledger's filter: read from the address, so that a view can be shared, and shown as a form above the table.
// Not here: the table (ledger_view.h), looking letters up (server/sqlite/ledger.h).
#pragma once

#include <optional>
#include <string>

#include "sqlite/ledger.h"
#include "web/desk.h"
#include "web/html.h"

namespace hoering::web {

/// ?tilstand= &slags= &hoering= &part= &soeg= &foer=; what is not known is left out. `consultation`: the page is one
/// consultation's, and the address cannot say another.
sqlite::LedgerFilter ledgerFilterOf(const Desk& desk, std::optional<std::int64_t> consultation);
bool narrows(const sqlite::LedgerFilter& filter, std::optional<std::int64_t> consultation);
/// The same filter as an address, for the next page.
std::string addressOf(const sqlite::LedgerFilter& filter, const std::string& here,
                      std::optional<std::int64_t> consultation, std::int64_t before);
/// Fields and a button; works by GET.
Markup ledgerFilterForm(Desk& desk, const sqlite::LedgerFilter& filter, std::optional<std::int64_t> consultation,
                        const std::string& here);

} // namespace hoering::web
