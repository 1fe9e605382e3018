#include "usecases/correct_address.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "common/strings.h"
#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/ledger.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "usecases/check.h"
#include "usecases/queue_letter.h"
#include "usecases/words_anew.h"

namespace hoering {
namespace {

bool mayBeOwed(LetterKind kind, bool mayAnswer) {
    switch (kind) {
    case LetterKind::reminder:
    case LetterKind::overdue:
    case LetterKind::linkAgain:
    case LetterKind::test: return false;
    case LetterKind::invitation:
    case LetterKind::informed: return mayAnswer;
    default: return true;
    }
}

std::string checkedMail(const Party& party, const Contact& contact, const AddressInput& input, Check& check) {
    const std::string mail = check.mail("mail", input.mail, true);
    if (!check.ok()) return mail;
    if (mail == contact.mail) check.fail("mail", "error.mail.same");
    for (const auto& other : party.contacts)
        if (other.id != contact.id && lowerAscii(other.mail) == lowerAscii(mail))
            check.fail("mail", "error.contacts.twice", {{"mail", mail}});
    return mail;
}

} // namespace

std::vector<Letter> lettersOwed(const std::vector<Letter>& letters, bool mayAnswer) {
    std::map<LetterKind, const Letter*> newest;
    std::set<LetterKind> waiting;
    for (const auto& letter : letters) {
        if (letter.user || !mayBeOwed(letter.kind, mayAnswer)) continue;
        if (letter.state == LetterState::queued) waiting.insert(letter.kind);
        else if (letter.state != LetterState::cancelled) newest[letter.kind] = &letter;
    }
    // An invitation is written with the deadline that holds, which makes the news that it moved needless.
    const auto has = [&](LetterKind kind) { return newest.contains(kind) || waiting.contains(kind); };
    if (has(LetterKind::invitation) || has(LetterKind::informed)) {
        newest.erase(LetterKind::deadlineChanged);
        newest.erase(LetterKind::ownDeadlineChanged);
    }
    std::vector<Letter> owed;
    for (const auto& [kind, letter] : newest)
        if (!waiting.contains(kind)) owed.push_back(*letter);
    std::sort(owed.begin(), owed.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return owed;
}

Result<AddressCorrected> correctAddress(sqlite::Tx& tx, const Office& office, const Actor& actor,
                                        std::int64_t consultationId, std::int64_t contactId,
                                        const AddressInput& input) {
    auto contact = sqlite::findContact(tx, contactId);
    const auto party = contact ? sqlite::findParty(tx, contact->party) : std::nullopt;
    if (!party || party->consultation != consultationId) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    const auto consultation = sqlite::findConsultation(tx, consultationId);
    if (consultation->state == ConsultationState::draft)
        return Error{ErrorKind::closed, "error.consultation.is_draft", {}, {}};
    if (input.shown && *input.shown != contact->mail) {
        Check typed;
        if (typed.mail("mail", input.mail) == contact->mail) return AddressCorrected{}; // sent twice
        return Error{ErrorKind::conflict, "error.changed_meanwhile", {}, {}};
    }
    Check check;
    const std::string mail = checkedMail(*party, *contact, input, check);
    if (!check.ok()) return check.error();

    const auto before = sqlite::lettersToContact(tx, contactId);
    // Whom the office has cut off gets no link by the back door: sending a new one is an act of its own.
    const bool cutOff = sqlite::isCutOff(tx, contactId);
    sqlite::setContactMail(tx, contactId, mail);
    const std::string wrong = std::exchange(contact->mail, mail);
    sqlite::revokeLinksOf(tx, contactId);
    std::optional<std::int64_t> link;
    if (!cutOff) link = newLinkFor(tx, office, contactId);
    AddressCorrected done;
    const auto write = [&](const Letter& old) {
        LetterTo to{consultationId, party->id, contactId, {}, {}, {}};
        if (old.link) to.link = link;
        queueLetter(tx, office, wordsAnew(tx, office, old, *consultation, *party, *contact, tx.now()), to);
    };
    if (input.sendAgain && !cutOff) {
        const auto may = hoering::mayAnswer(*consultation, *party, tx.now().instant);
        for (const auto& letter : lettersOwed(before, may == Answering::inTime || may == Answering::late)) {
            write(letter);
            ++done.sentAgain;
        }
    }
    for (const auto& letter : before)
        if (letter.state == LetterState::queued && sqlite::withdrawLetter(tx, letter.id) && !cutOff) {
            write(letter);
            ++done.redirected;
        }
    tx.record({actor,
               "contact.address_corrected",
               consultationId,
               party->id,
               {{"before", wrong},
                {"mail", mail},
                {"redirected", std::to_string(done.redirected)},
                {"sent_again", std::to_string(done.sentAgain)}}});
    return done;
}

} // namespace hoering
