// A row of the table letters read as a Letter: one way for the queue and for the ledger.
// Not here: what is asked for (letters.h, ledger.h).
#pragma once

#include <string>
#include <string_view>

#include "domain/letter.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

/// The columns of a letter without its bodies, "l.id, l.kind, …"; `table`: "letters" or what it is called there.
std::string letterColumns(std::string_view table);
inline constexpr int letterColumnCount = 24;
/// A letter without bodies from a row that begins with those columns.
Letter readLetter(const Statement& row);

} // namespace hoering::sqlite
