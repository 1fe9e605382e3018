// Parties of a running consultation that answer and withdraw, for the tests of both ways.
// Not here: the world around them (act_world.h).
#pragma once

#include <gmock/gmock.h>

#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "usecases/act_world.h"
#include "usecases/compile_digest.h"
#include "usecases/join_answer.h"
#include "usecases/send_reminder.h"
#include "usecases/withdraw_response.h"

namespace hoering {

struct Withdrawing : ::testing::Test {
    testing::ActWorld world;
    std::int64_t consultation = world.usualConsultation();

    Party party(std::size_t n) { return world.parties(consultation).at(n); }
    std::vector<Response> versions(std::size_t n) {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::versionsOfParty(tx, party(n).id); });
    }
    WithdrawInput input(std::size_t n, std::string reason = "") {
        const auto all = versions(n);
        return {all.empty() ? 0 : all.back().id, std::move(reason), newKey(), world.now().instant};
    }
    Result<Response> withdraw(std::size_t n, const WithdrawInput& input) {
        const auto visit = world.visit(consultation, n);
        return world.database.write([&](sqlite::Tx& tx) { return withdrawResponse(tx, world.office, visit, input); });
    }
    Result<Response> withdraw(std::size_t n) { return withdraw(n, input(n)); }
    void answer(std::size_t n, const std::string& text = "Eget svar.") {
        ASSERT_TRUE(world.submit(consultation, n, text).ok());
    }
    void answerAndWithdraw(std::size_t n) {
        answer(n);
        ASSERT_TRUE(withdraw(n).ok());
    }
    void join(std::size_t self, std::size_t other) {
        const auto visit = world.visit(consultation, self);
        const auto with = party(other).id;
        ASSERT_TRUE(
            world.database.write([&](sqlite::Tx& tx) { return joinAnswer(tx, visit, with, world.now().instant); })
                .ok());
    }
    PartyStatus status(std::size_t n, bool over = false) {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return statusOf(sqlite::factsOf(tx, consultation).at(party(n).id), over); });
    }
    Digest digest() {
        return *world.database.read([&](sqlite::ReadTx& tx) { return compileDigest(tx, consultation, world.now()); });
    }
    void remindersOfNow() {
        while (world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }) !=
               ReminderOutcome::nothingDue) {
        }
    }
    static std::string keyOf(const Result<Response>& refused) { return refused ? "" : refused.error().key; }
};

} // namespace hoering
