// What the tests of the outbox share: a postman that answers as he is told, and an outbox with two invitations in it.
// Not here: several threads (senders_test.cpp), the clock (clockwork_test.cpp).
#pragma once

#include <gmock/gmock.h>

#include <deque>

#include "jobs/outbox_job.h"
#include "support/world.h"
#include "usecases/send_reminder.h"
#include "usecases/submit_response.h"

namespace hoering::testing {

/// Answers as told, and keeps what it was given.
struct FakePostman : smtp::Postman {
    std::deque<smtp::Outcome> outcomes; // then: sent
    bool away = false;                  // nobody answers
    std::vector<smtp::Envelope> brought;
    std::function<void()> whenHandedOver;

    smtp::Delivery deliver(const smtp::Envelope& envelope) override {
        brought.push_back(envelope);
        brought.back().beforeHandingOver = nullptr;
        try {
            if (!away && envelope.beforeHandingOver) envelope.beforeHandingOver();
        } catch (const std::exception& trouble) {
            return {smtp::Outcome::tryLater, 0, "mail.example:25", trouble.what()};
        }
        if (whenHandedOver) whenHandedOver();
        if (away) return {smtp::Outcome::tryLater, 0, "mail.example:25", "connection refused", true};
        smtp::Outcome outcome = smtp::Outcome::sent;
        if (!outcomes.empty()) {
            outcome = outcomes.front();
            outcomes.pop_front();
        }
        return {outcome, outcome == smtp::Outcome::sent ? 250 : 451, "mail.example:25", "as told"};
    }
};

struct OutboxTest : ::testing::Test {
    World world;
    FakePostman postman;
    OutboxJob job{world.database, world.office, postman, world.clock, {"Prøve Kommune", "hoering@hoering.example"}};
    std::int64_t consultation = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();

    Letter letter(std::size_t n = 0) { return world.letters().at(n); }
    std::vector<sqlite::Attempt> attempts(std::int64_t id) {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::attemptsOf(tx, id); });
    }
    /// A letter to somebody at that domain; ends with its Message-ID.
    std::string queue(const std::string& domain) {
        Letter fresh;
        fresh.toMail = "kontakt@" + domain;
        fresh.subject = "Prøve";
        fresh.text = "Kære kontakt";
        fresh.messageId = randomToken(16) + "@hoering.example";
        world.database.write([&](sqlite::Tx& tx) {
            sqlite::insertLetter(tx, fresh);
            tx.housekeeping("test");
        });
        return fresh.messageId;
    }
    void claimAndDie() {
        world.database.write([](sqlite::Tx& tx) {
            tx.housekeeping("a process that dies after claiming");
            return sqlite::claimLetter(tx);
        });
    }
};

} // namespace hoering::testing
