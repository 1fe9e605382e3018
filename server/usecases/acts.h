// An act of the office that writes to the parties of a consultation: planned and shown, then done exactly as it was
// shown, once – or, on many recipients, laid aside until a second person releases it.
// Not here: each act's own rules (cancel_consultation, close_early …), its form (server/web/act_forms), its rows
// (server/sqlite/mailings).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/result.h"
#include "domain/consultation.h"
#include "domain/letter.h"
#include "domain/party.h"
#include "domain/user.h"
#include "sqlite/tx.h"
#include "usecases/office.h"
#include "usecases/send_gate.h"

namespace hoering {

/// The act's form as typed. A name may stand more than once.
struct ActInput {
    std::vector<std::pair<std::string, std::string>> fields;

    std::string_view get(std::string_view name) const; // the first, "" for none
    std::vector<std::string_view> all(std::string_view name) const;
    std::string toJson() const;
    static ActInput fromJson(std::string_view json);
};

/// One finished letter and whom it is for.
struct Outgoing {
    std::int64_t party = 0, contact = 0;
    std::string partyName;
    PartyRole role = PartyRole::consulted;
    Letter letter; // the link still a mark
};

/// A party that gets no letter of this act, and why (text key "left_out.…").
struct LeftOut {
    std::string partyName, reason;
};

/// What an act would do now. Made the same way for the preview and inside the transaction that does it.
struct ActPlan {
    Consultation consultation;
    std::vector<Finding> findings;                     // what stops it first
    std::vector<std::pair<std::string, Args>> effects; // sentences (text keys), as Words::sentence fills them
    std::vector<Outgoing> letters;
    std::vector<LeftOut> leftOut;
    SendGate gate;     // what is to be known of the recipients; its findings stand among the others
    std::string quote; // what will be stored word for word, for the preview; "" for none
    /// SHA-256 over the consultation's version, every letter's address, subject and text, and who is left out: a
    /// preview that no longer fits is refused. Letters of an act therefore never tell the present time.
    std::string fingerprint;
};

struct Act {
    std::string_view name; // as stored and in text keys "act_name.<name>"; English, dotted or single word
    /// Errors: invalid with fields (the form is shown again), closed ("error.act.…") when the state does not allow it.
    Result<ActPlan> (*plan)(sqlite::ReadTx&, const Office&, const Consultation&, const ActInput&, Now);
    /// Changes the state and records the act in the journal; the letters are queued after it, in the same transaction.
    Result<Done> (*perform)(sqlite::Tx&, const Office&, const Actor&, const ActPlan&, const ActInput&);
};

/// Every act there is.
std::span<const Act* const> allActs();
const Act* findAct(std::string_view name);

/// The plan, with its fingerprint; without contacts whose link was taken back. Errors: notFound, and those of the act.
Result<ActPlan> planAct(sqlite::ReadTx& tx, const Office& office, const Act& act, std::int64_t consultation,
                        const ActInput& input, Now now);

/// What became of a confirmed act.
struct ActDone {
    std::int64_t mailing = 0; // 0: it waits for release
    std::int64_t release = 0; // 0: it is done
};

/// Does the act as it was shown, or, when more letters than office.releaseAbove go out, lays it aside for a second
/// person and tells the colleagues. The same key again gives the same outcome, and so does asking again for what waits
/// already. The field "seen" is "1" once a person has decided that what may be a CPR number or a placeholder may stand.
/// Errors: invalid "error.act.stopped" (a finding stops it), "error.act.undecided" (nobody has decided yet),
/// conflict "error.act.changed" (the plan is not the one shown), and those of the act.
Result<ActDone> performAct(sqlite::Tx& tx, const Office& office, const User& user, const Act& act,
                           std::int64_t consultation, const ActInput& input, std::string_view fingerprint,
                           std::string_view key);

/// A second person lets an act that waits go through: not the one who asked. Errors: notFound, forbidden
/// "error.release.own", closed "error.release.decided", conflict "error.act.changed" (it goes on waiting, for somebody
/// to drop it and do it anew), and those of the act.
Result<ActDone> releaseAct(sqlite::Tx& tx, const Office& office, const User& user, std::int64_t release);
/// Anybody in the secretariat may drop one that waits. Errors: notFound, closed "error.release.decided".
Result<Done> dropRelease(sqlite::Tx& tx, const User& user, std::int64_t release);

/// Does an act as it stands now, without preview and release: for the worked example and for measuring, where nobody
/// looks. Errors: invalid "error.act.stopped", and those of the act.
Result<ActDone> doActNow(sqlite::Tx& tx, const Office& office, const Actor& actor, const Act& act,
                         std::int64_t consultation, const ActInput& input);

/// One Outgoing per contact of each party, written by `write(party, contact)`; for acts that write to many.
template <class F> void writeTo(std::vector<Outgoing>& letters, const Party& party, F&& write) {
    for (const auto& contact : party.contacts)
        letters.push_back({party.id, contact.id, party.name, party.role, write(party, contact)});
}

} // namespace hoering
