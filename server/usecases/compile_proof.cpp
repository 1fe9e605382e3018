#include "usecases/compile_proof.h"

#include <algorithm>
#include <map>

#include "domain/digest.h"
#include "sqlite/consultations.h"
#include "sqlite/journal.h"
#include "sqlite/parties.h"

namespace hoering {
namespace {

constexpr std::string_view taken = "proof.downloaded";

/// Entries newer than the one wanted are downloads only: a page of them is seldom turned.
void findHead(sqlite::ReadTx& tx, DispatchProof& proof) {
    sqlite::JournalFilter filter;
    filter.consultation = proof.consultation.id;
    std::optional<std::int64_t> before;
    while (true) {
        const auto page = sqlite::journalPage(tx, filter, before, 50);
        for (const auto& entry : page)
            if (entry.event.act != taken) {
                proof.journalEntry = entry.id;
                proof.journalHash = entry.hash;
                proof.asOf = std::max(proof.asOf, entry.at);
                return;
            }
        if (page.empty()) return;
        before = page.back().id;
    }
}

} // namespace

std::optional<DispatchProof> compileProof(sqlite::ReadTx& tx, std::int64_t id) {
    auto consultation = sqlite::findConsultation(tx, id);
    if (!consultation) return std::nullopt;
    DispatchProof proof;
    proof.consultation = std::move(*consultation);
    proof.asOf = proof.consultation.createdAt;
    std::map<std::int64_t, std::size_t> place;
    for (auto& party : sqlite::partiesOf(tx, id)) proof.parties.push_back({std::move(party), {}});
    std::stable_sort(proof.parties.begin(), proof.parties.end(),
                     [](const auto& a, const auto& b) { return danishLess(a.party.name, b.party.name); });
    for (std::size_t i = 0; i < proof.parties.size(); ++i) place[proof.parties[i].party.id] = i;

    auto attempts = sqlite::attemptsIn(tx, id);
    auto returns = sqlite::returnsIn(tx, id);
    sqlite::LedgerFilter all;
    all.consultation = id;
    all.limit = -1; // none
    auto lines = sqlite::ledgerPage(tx, all);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        if (!line->letter.party) continue; // to colleagues: nothing that proves anything to a party
        ProofLetter letter{std::move(line->letter), {}, {}};
        letter.attempts = std::move(attempts[letter.letter.id]);
        letter.returns = std::move(returns[letter.letter.id]);
        proof.asOf = std::max(proof.asOf, letter.letter.createdAt);
        for (const auto& each : letter.attempts) proof.asOf = std::max(proof.asOf, each.at);
        for (const auto& each : letter.returns) proof.asOf = std::max(proof.asOf, each.at);
        proof.parties[place.at(*letter.letter.party)].letters.push_back(std::move(letter));
    }
    findHead(tx, proof);
    return proof;
}

void recordProof(sqlite::Tx& tx, const Actor& actor, std::int64_t consultation, std::string sha256) {
    tx.record({actor, std::string(taken), consultation, {}, {{"sha256", std::move(sha256)}}});
}

} // namespace hoering
