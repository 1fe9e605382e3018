#include "usecases/send_again.h"

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/ledger.h"
#include "sqlite/letters.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "usecases/queue_letter.h"
#include "usecases/words_anew.h"

namespace hoering {
namespace {

struct About {
    Contact contact;
    Party party;
    Consultation consultation;
};
std::optional<About> aboutOf(sqlite::ReadTx& tx, const Letter& letter) {
    if (!letter.contact) return std::nullopt;
    auto contact = sqlite::findContact(tx, *letter.contact);
    if (!contact) return std::nullopt;
    auto party = sqlite::findParty(tx, contact->party);
    auto consultation = sqlite::findConsultation(tx, party->consultation);
    return About{std::move(*contact), std::move(*party), std::move(*consultation)};
}

Error closed(std::string key) { return {ErrorKind::closed, std::move(key), {}, {}}; }

/// A reminder before the deadline is for those who have time, one after it for those who have none.
std::optional<Error> whyNoReminder(sqlite::ReadTx& tx, LetterKind kind, const About& about, Now now) {
    if (sqlite::hasAnswered(tx, about.party.id)) return closed("error.again.answered");
    const auto may = mayAnswer(about.consultation, about.party, now.instant);
    if (kind == LetterKind::overdue && may == Answering::inTime) return closed("error.again.in_time");
    const bool over = kind == LetterKind::reminder ? may != Answering::inTime : may == Answering::stopped;
    return over ? std::optional(closed("error.again.over")) : std::nullopt;
}

} // namespace

bool mayHaveArrived(const Letter& letter) {
    return isReminder(letter.kind) && !letter.bouncedAt &&
           (letter.state == LetterState::unknown || letter.state == LetterState::accepted);
}

std::optional<Error> whyNotAgain(sqlite::ReadTx& tx, const Office& office, const Letter& letter, Now now) {
    if (!letter.party || letter.user || letter.kind == LetterKind::test) return closed("error.again.staff");
    if (letter.state == LetterState::queued || letter.state == LetterState::claimed)
        return closed("error.again.waiting");
    const auto about = aboutOf(tx, letter);
    if (!about) return closed("error.again.gone");
    if (letter.link && sqlite::isCutOff(tx, about->contact.id)) return closed("error.again.cut_off");
    if (letter.link &&
        ruleLink({}, about->consultation, about->party, now.instant, office.linkGraceDays) != LinkRuling::valid)
        return closed("error.again.expired");
    return isReminder(letter.kind) ? whyNoReminder(tx, letter.kind, *about, now) : std::nullopt;
}

Result<std::int64_t> sendAgain(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t id, bool knowing,
                               std::string_view key) {
    if (key.size() != 32) return Error{ErrorKind::invalid, "error.form.key", {}, {}};
    if (const auto already = sqlite::findLetterByMessageId(tx, messageIdOf(office, key))) return *already;
    const auto old = sqlite::findLetter(tx, id);
    if (!old) return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (auto no = whyNotAgain(tx, office, *old, tx.now())) return *no;
    if (mayHaveArrived(*old) && !knowing)
        return Error{ErrorKind::invalid, "error.form", {}, {{"knowing", "error.again.knowing", {}}}};
    const auto about = aboutOf(tx, *old);
    LetterTo to{about->consultation.id, about->party.id, about->contact.id, {}, {}, std::string(key)};
    if (old->link) to.link = linkFor(tx, office, about->contact.id);
    const auto made = queueLetter(
        tx, office, wordsAnew(tx, office, *old, about->consultation, about->party, about->contact, tx.now()), to);
    tx.record({actor,
               "letter.sent_again",
               about->consultation.id,
               about->party.id,
               {{"letter", std::to_string(id)},
                {"new_letter", std::to_string(made)},
                {"kind", std::string(kindName(old->kind))},
                {"mail", about->contact.mail}}});
    return made;
}

} // namespace hoering
