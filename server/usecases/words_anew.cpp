#include "usecases/words_anew.h"

#include "sqlite/drafts.h"
#include "sqlite/reminders.h"
#include "text/letters.h"

namespace hoering {

bool isWrittenAnew(LetterKind kind) {
    return isReminder(kind) || kind == LetterKind::invitation || kind == LetterKind::informed;
}

Letter wordsAnew(sqlite::ReadTx& tx, const Office& office, const Letter& old, const Consultation& consultation,
                 const Party& party, const Contact& contact, Now now) {
    const auto words = office.words(party.language);
    const text::LetterFacts facts{office.house, consultation, party, contact};
    const auto drafting = [&] { return sqlite::findDraft(tx, party.id).has_value(); };
    switch (old.kind) {
    case LetterKind::invitation:
    case LetterKind::informed: return text::invitationLetter(words, facts);
    case LetterKind::reminder: return text::reminderLetter(words, facts, now, drafting());
    case LetterKind::overdue:
        return text::overdueLetter(words, facts, sqlite::reminderRulesOf(tx, consultation.id).lateAnswers, drafting());
    default: break;
    }
    Letter letter = sameWords(old);
    letter.toMail = contact.mail;
    return letter;
}

} // namespace hoering
