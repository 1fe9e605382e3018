#include "usecases/write_staff_letters.h"

#include <algorithm>

#include "domain/access.h"
#include "sqlite/consultations.h"
#include "sqlite/mailing_ends.h"
#include "sqlite/notices.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "sqlite/users.h"
#include "text/staff_letters.h"
#include "usecases/queue_letter.h"

namespace hoering {
namespace {

using Notices = std::vector<sqlite::StaffNotice>;

/// Each party once, with its last answer: it may have corrected or withdrawn it since the notice.
std::vector<text::ConsultationAnswers> answersIn(sqlite::ReadTx& tx, const Notices& notices) {
    std::vector<text::ConsultationAnswers> news;
    std::vector<std::int64_t> seen;
    for (const auto& notice : notices) {
        if (notice.kind != LetterKind::staffAnswer || !notice.party) continue;
        if (std::find(seen.begin(), seen.end(), *notice.party) != seen.end()) continue;
        seen.push_back(*notice.party);
        const auto party = sqlite::findParty(tx, *notice.party);
        const auto response = sqlite::lastResponseOf(tx, *notice.party);
        if (!party || !response) continue;
        auto place = std::find_if(news.begin(), news.end(),
                                  [&](const auto& each) { return each.consultation.id == notice.consultation; });
        if (place == news.end()) {
            auto about = sqlite::findConsultation(tx, notice.consultation);
            if (!about) continue;
            place = news.insert(news.end(), {std::move(*about), {}});
        }
        const auto& withdrawal = response->withdrawal;
        place->answers.push_back({party->name, response->kind, response->version, response->late,
                                  withdrawal.has_value(), withdrawal ? withdrawal->at : response->receivedAt});
    }
    return news;
}

text::DeadlineNews deadlineNews(sqlite::ReadTx& tx, const Consultation& about, Instant now) {
    text::DeadlineNews news;
    const auto facts = sqlite::factsOf(tx, about.id);
    for (const auto& party : sqlite::partiesOf(tx, about.id)) {
        const auto known = facts.find(party.id);
        const bool answered = known != facts.end() && known->second.answeredAt.has_value();
        if (party.role != PartyRole::consulted) news.informedAnswered += answered ? 1 : 0;
        else if (answered) news.answered.push_back(party.name);
        else if (party.jointWith) continue; // the party it answers with is listed
        else if (deadlineFor(about, party).endsAt() > now) news.open.push_back(party.name);
        else news.missing.push_back(party.name);
    }
    return news;
}

text::MailingNews mailingNews(const sqlite::MailingOutcome& outcome, Instant now) {
    return {outcome.act,     outcome.at,       outcome.finishedAt.value_or(now),
            outcome.letters, outcome.accepted, outcome.laidInFolder,
            outcome.refused, outcome.unknown,  outcome.cancelled};
}

bool isSame(const sqlite::StaffNotice& one, const sqlite::StaffNotice& other) {
    return one.kind == other.kind && one.consultation == other.consultation && one.party == other.party &&
           one.mailing == other.mailing;
}

/// The letter of one notice that is no answer; nothing when what it is about is gone.
std::optional<Letter> letterOf(sqlite::ReadTx& tx, const text::Words& words, const text::StaffFacts& facts,
                               const sqlite::StaffNotice& notice, Instant now) {
    const auto about = sqlite::findConsultation(tx, notice.consultation);
    const auto party = notice.party ? sqlite::findParty(tx, *notice.party) : std::nullopt;
    if (!about) return std::nullopt;
    switch (notice.kind) {
    case LetterKind::staffMailing:
        if (const auto outcome = notice.mailing ? sqlite::outcomeOf(tx, *notice.mailing) : std::nullopt)
            return text::staffMailingLetter(words, facts, *about, mailingNews(*outcome, now));
        return std::nullopt;
    case LetterKind::staffDeadline:
        return text::staffDeadlineLetter(words, facts, *about, deadlineNews(tx, *about, notice.at));
    case LetterKind::staffRelease: return text::staffReleaseLetter(words, facts, *about);
    case LetterKind::staffNotReached:
        if (party) return text::staffNotReachedLetter(words, facts, *about, *party);
        return std::nullopt;
    case LetterKind::staffExtension:
        if (party) return text::staffExtensionLetter(words, facts, *about, *party);
        return std::nullopt;
    default: return std::nullopt;
    }
}

} // namespace

int writeStaffLetters(sqlite::Tx& tx, const Office& office, std::int64_t id) {
    const Instant now = tx.now().instant;
    const auto notices = sqlite::dueNoticesOf(tx, id, now);
    if (notices.empty()) return 0;
    tx.housekeeping("a colleague is told; the letters stand in the ledger");
    sqlite::markNoticesTold(tx, id, now);
    const auto user = sqlite::findUser(tx, id);
    if (!user || user->disabled) return 0;
    const auto words = office.words(user->language);
    const text::StaffFacts facts{office.house, *user};
    int letters = 0;
    const auto send = [&](Letter letter, std::optional<std::int64_t> consultation, std::optional<std::int64_t> party) {
        letter.consultation = consultation;
        letter.party = party;
        queueStaffLetter(tx, office, std::move(letter), id);
        ++letters;
    };
    if (const auto news = answersIn(tx, notices); !news.empty())
        send(text::staffAnswersLetter(words, facts, news, user->notify == Notify::daily),
             news.size() == 1 ? std::optional(news[0].consultation.id) : std::nullopt, {});
    for (auto it = notices.begin(); it != notices.end(); ++it) {
        const auto& notice = *it;
        // A returned mail and the watch over the parties may tell of the same at once.
        const bool told = std::any_of(notices.begin(), it, [&](const auto& before) { return isSame(before, notice); });
        if (told) continue;
        if (auto letter = letterOf(tx, words, facts, notice, now)) send(std::move(*letter), notice.consultation, {});
    }
    return letters;
}

} // namespace hoering
