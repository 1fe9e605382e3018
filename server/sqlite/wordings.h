// Table letter_wordings: the office's own words for a kind of letter in one consultation. They are read together with
// their consultation (consultations.cpp), so that whoever writes a letter has them.
// Not here: what may stand in them (server/usecases/edit_wording), the standard words (server/text/wording.h).
#pragma once

#include <string_view>
#include <vector>

#include "domain/letter.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

std::vector<LetterWording> wordingsOf(ReadTx& tx, std::int64_t consultation);
/// New or instead of the ones there are; its time is later than theirs even within one millisecond.
void putWording(Tx& tx, std::int64_t consultation, const LetterWording& wording);
void dropWording(Tx& tx, std::int64_t consultation, LetterKind kind, std::string_view language);

} // namespace hoering::sqlite
