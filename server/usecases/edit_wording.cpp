#include "usecases/edit_wording.h"

#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/wordings.h"
#include "text/wording.h"
#include "usecases/check.h"

namespace hoering {
namespace {

constexpr std::size_t longestSubject = 200, longestBody = 8'000;

std::string braced(std::string_view name) { return "{" + std::string(name) + "}"; }

/// Fields whose value is this consultation's, and which it may lack.
bool isEmptyHere(const Office& office, const Consultation& consultation, std::string_view hole) {
    const auto& about = consultation.text;
    if (hole == "journal_number") return trim(about.journalNumber).empty();
    if (hole == "unit") return trim(about.unit).empty();
    if (hole == "committee") return trim(about.committee).empty();
    if (hole == "officer") return trim(about.officerName).empty() && trim(office.house.contactName).empty();
    return false;
}

void look(Check& check, const Office& office, const Consultation& consultation, const WordingInput& input,
          const char* field, const std::string& words) {
    for (const auto& each : text::unknownFields(words, input.kind, input.language)) {
        const bool brace = each.size() == 1;
        check.fail(field, brace ? "error.wording.brace" : "error.wording.field", {{"field", each}});
        return; // one thing to mend at a time at one input
    }
    for (const auto& each : text::wordingFields(input.kind, input.language))
        if (words.find(braced(each.name)) != std::string::npos && isEmptyHere(office, consultation, each.hole)) {
            check.fail(field, "error.wording.empty_field", {{"field", braced(each.name)}});
            return;
        }
    for (const auto& each : placeholdersIn(words)) {
        check.fail(field, "error.wording.placeholder", {{"text", each}});
        return;
    }
}

/// The consultation, if its words may still be changed by whoever saw `input.version`.
Result<Consultation> findOpen(sqlite::Tx& tx, std::int64_t id, const WordingInput& input) {
    auto consultation = sqlite::findConsultation(tx, id);
    if (!consultation || !text::mayBeReworded(input.kind) || (input.language != "da" && input.language != "en"))
        return Error{ErrorKind::notFound, "error.not_found", {}, {}};
    if (consultation->state == ConsultationState::cancelled || consultation->state == ConsultationState::concluded)
        return Error{ErrorKind::closed, "error.wording.over", {}, {}};
    if (versionOf(wordingFor(*consultation, input.kind, input.language)) != input.version)
        return Error{ErrorKind::conflict, "error.wording.changed", {}, {}};
    return std::move(*consultation);
}

void record(sqlite::Tx& tx, const Actor& actor, const char* act, std::int64_t consultation, const WordingInput& input) {
    sqlite::bumpVersion(tx, consultation);
    tx.record(
        {actor, act, consultation, {}, {{"kind", std::string(kindName(input.kind))}, {"language", input.language}}});
}

} // namespace

std::int64_t versionOf(const LetterWording* wording) { return wording ? toMillis(wording->updatedAt) : 0; }

Result<LetterWording> checkWording(const Office& office, const Consultation& consultation, const WordingInput& input) {
    Check check;
    LetterWording wording{input.kind, input.language, "", "", {}};
    wording.subject = check.line("subject", input.subject, longestSubject, true);
    wording.body = std::string(trim(check.text("body", input.body, longestBody, true)));
    if (!check.ok()) return check.error();
    look(check, office, consultation, input, "subject", wording.subject);
    look(check, office, consultation, input, "body", wording.body);
    if (!check.ok()) return check.error();
    return wording;
}

Result<Done> saveWording(sqlite::Tx& tx, const Office& office, const Actor& actor, std::int64_t id,
                         const WordingInput& input) {
    const auto consultation = findOpen(tx, id, input);
    if (!consultation) return consultation.error();
    const auto wording = checkWording(office, *consultation, input);
    if (!wording) return wording.error();
    const auto standard = text::standardWording(office.words(input.language), input.kind);
    const auto* before = wordingFor(*consultation, input.kind, input.language);
    if (wording->subject == standard.subject && wording->body == standard.body)
        return before ? resetWording(tx, actor, id, input) : Result<Done>(Done{});
    if (before && before->subject == wording->subject && before->body == wording->body) return Done{};
    sqlite::putWording(tx, id, *wording);
    record(tx, actor, "wording.saved", id, input);
    return Done{};
}

Result<Done> resetWording(sqlite::Tx& tx, const Actor& actor, std::int64_t id, const WordingInput& input) {
    const auto consultation = findOpen(tx, id, input);
    if (!consultation) return consultation.error();
    if (!wordingFor(*consultation, input.kind, input.language)) return Done{};
    sqlite::dropWording(tx, id, input.kind, input.language);
    record(tx, actor, "wording.reset", id, input);
    return Done{};
}

} // namespace hoering
