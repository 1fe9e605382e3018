// What tests of acts need beside a World: two colleagues, and an act played as its form plays it.
// Not here: the acts' own tests (acts_test, case_acts_test, register_response_test).
#pragma once

#include "common/id.h"
#include "sqlite/mailings.h"
#include "sqlite/users.h"
#include "support/world.h"
#include "usecases/acts.h"

namespace hoering::testing {

struct ActWorld : World {
    User karen = user("Karen Kontor"), bo = user("Bo Berg");

    User user(const std::string& name) {
        User made{0, name.substr(0, 2) + "@hoering.example", name, Role::secretariat, "da", false};
        database.write([&](sqlite::Tx& tx) {
            made.id = sqlite::insertUser(tx, made);
            tx.housekeeping("test");
        });
        return made;
    }
    using Fields = std::vector<std::pair<std::string, std::string>>;

    Result<ActPlan> preview(const Act& act, std::int64_t consultation, const Fields& fields) {
        return database.read(
            [&](sqlite::ReadTx& tx) { return planAct(tx, office, act, consultation, {fields}, now()); });
    }
    Result<ActDone> confirm(const Act& act, std::int64_t consultation, const Fields& fields,
                            const std::string& fingerprint, const std::string& key = newKey()) {
        return database.write([&](sqlite::Tx& tx) {
            return performAct(tx, office, karen, act, consultation, {fields}, fingerprint, key);
        });
    }
    /// Shown and confirmed, as a person does it.
    Result<ActDone> play(const Act& act, std::int64_t consultation, const Fields& fields) {
        const auto plan = preview(act, consultation, fields);
        if (!plan) return plan.error();
        return confirm(act, consultation, fields, plan->fingerprint);
    }
    Result<ActDone> release(std::int64_t id, const User& by) {
        return database.write([&](sqlite::Tx& tx) { return releaseAct(tx, office, by, id); });
    }
    std::vector<sqlite::Mailing> mailings(std::int64_t consultation) {
        return database.read([&](sqlite::ReadTx& tx) { return sqlite::mailingsOf(tx, consultation); });
    }
    /// Letters of one kind, oldest first.
    std::vector<Letter> lettersOf(LetterKind kind) {
        std::vector<Letter> found;
        for (auto& letter : letters())
            if (letter.kind == kind) found.push_back(std::move(letter));
        return found;
    }
    /// The newest journal entry of this act.
    sqlite::JournalEntry entry(std::string_view act) {
        return database.read([&](sqlite::ReadTx& tx) {
            for (auto& each : sqlite::journalPage(tx, {}, {}, 200))
                if (each.event.act == act) return each;
            throw std::logic_error("the journal has no " + std::string(act));
        });
    }
    static std::string detail(const sqlite::JournalEntry& entry, std::string_view name) {
        for (const auto& [each, value] : entry.event.details)
            if (each == name) return value;
        return "";
    }
    /// Gives a party a deadline of its own, as granting an extension does.
    void giveOwnDeadline(std::int64_t party, const std::string& isoDay) {
        const Deadline own{parseIsoDate(isoDay).value(), std::nullopt, false};
        database.write([&](sqlite::Tx& tx) {
            tx.sql("UPDATE parties SET own_deadline_local = ?, own_deadline_at = ? WHERE id = ?")
                .bind(own.stored(), toMillis(own.endsAt()), party)
                .run();
            tx.housekeeping("test");
        });
    }
    std::int64_t number(const std::string& sql) {
        return database.read([&](sqlite::ReadTx& tx) {
            auto row = tx.sql(sql);
            row.step();
            return row.integer(0);
        });
    }
};

} // namespace hoering::testing
