// Acts on one letter and one address: sent again, taken back, corrected; and what it all proves in the end.
#include <gmock/gmock.h>

#include "common/id.h"
#include "sqlite/consultations.h"
#include "sqlite/ledger.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "support/ledger_world.h"
#include "text/letter_html.h"
#include "usecases/cancel_letter.h"
#include "usecases/compile_proof.h"
#include "usecases/correct_address.h"
#include "usecases/open_link.h"
#include "usecases/send_again.h"
#include "usecases/send_reminder.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

struct LetterActs : ::testing::Test {
    testing::World world;
    std::int64_t id = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();

    Result<std::int64_t> again(std::int64_t letter, bool knowing = false, std::string key = newKey()) {
        return world.database.write(
            [&](sqlite::Tx& tx) { return sendAgain(tx, world.office, world.officer, letter, knowing, key); });
    }
    Result<Done> cancel(std::int64_t letter) {
        return world.database.write([&](sqlite::Tx& tx) { return cancelLetter(tx, world.officer, letter); });
    }
    Result<AddressCorrected> correct(std::int64_t contact, const std::string& mail, bool sendToo = true) {
        return world.database.write([&](sqlite::Tx& tx) {
            return correctAddress(tx, world.office, world.officer, id, contact, {mail, sendToo});
        });
    }
    Letter letter(std::int64_t number) {
        return *world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findLetter(tx, number); });
    }
    void moveDeadline(const char* date) {
        world.database.write([&](sqlite::Tx& tx) {
            const Deadline to{parseIsoDate(date).value(), {}, false};
            ASSERT_TRUE(sqlite::moveDeadline(tx, id, to, world.find(id).version));
            tx.housekeeping("test");
        });
    }
    std::int64_t contact(std::size_t party = 0) { return world.parties(id).at(party).contacts.at(0).id; }
    std::int64_t reminder() {
        world.at("2026-11-17 09:00:00");
        world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
        return world.letters().back().kind == LetterKind::reminder ? world.letters().back().id : 0;
    }
};

TEST_F(LetterActs, ARefusedInvitationGoesAgainWithTheSameWords) {
    const auto refused = testing::refuseNext(world);
    const auto made = again(refused);
    ASSERT_TRUE(made.ok());
    const auto before = letter(refused), after = letter(*made);
    EXPECT_EQ(after.text, before.text);
    EXPECT_EQ(text::letterHtml(after), text::letterHtml(before));
    EXPECT_EQ(after.subject, before.subject);
    EXPECT_EQ(after.link, before.link);
    EXPECT_EQ(after.state, LetterState::queued);
    EXPECT_NE(after.messageId, before.messageId);
    EXPECT_EQ(before.state, LetterState::refused) << "what happened stays written";
    EXPECT_EQ(world.acts().back(), "letter.sent_again");
}

TEST_F(LetterActs, TheSameFormSendsOneLetterAlsoWhenTheOutboxWasQuicker) {
    const auto refused = testing::refuseNext(world);
    testing::acceptNext(world);
    const std::string key = newKey();
    const auto first = again(refused, false, key);
    ASSERT_TRUE(first.ok());
    testing::acceptNext(world); // on its way before the second press
    EXPECT_EQ(again(refused, false, key).value(), *first);
    EXPECT_EQ(world.count("letters"), 3);
    EXPECT_FALSE(again(refused, false, "for kort").ok());
}

TEST_F(LetterActs, ALetterOnItsWayIsNotSentTwice) {
    EXPECT_EQ(again(1).error().key, "error.again.waiting");
    testing::deferNext(world);
    EXPECT_EQ(again(1).error().key, "error.again.waiting");
    EXPECT_EQ(world.count("letters"), 2);
}

TEST_F(LetterActs, AnUnknownReminderNeedsAPersonWhoKnows) {
    testing::acceptNext(world);
    testing::acceptNext(world);
    const auto number = reminder();
    ASSERT_NE(number, 0);
    ASSERT_EQ(testing::loseNext(world), number);
    const auto refused = again(number);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fields.at(0).key, "error.again.knowing");
    world.at("2026-11-30 10:00:00");
    const auto made = again(number, true);
    ASSERT_TRUE(made.ok());
    EXPECT_THAT(letter(number).subject, HasSubstr("14 dage"));
    EXPECT_THAT(letter(*made).subject, HasSubstr("1 dag")) << "a reminder tells the days left now";
}

TEST_F(LetterActs, NoReminderGoesAgainToWhoAnsweredOrAfterTheDeadline) {
    testing::acceptNext(world);
    testing::acceptNext(world);
    const auto number = reminder();
    testing::refuseNext(world);
    world.at("2026-12-02 00:00:00");
    EXPECT_EQ(again(number).error().key, "error.again.over");
    world.at("2026-11-17 10:00:00");
    const auto party = letter(number).party;
    const std::size_t which = world.parties(id)[0].id == party ? 0 : 1;
    ASSERT_TRUE(world.database
                    .write([&](sqlite::Tx& tx) {
                        return submitResponse(tx, world.visit(id, which),
                                              {ResponseKind::noRemarks, "", 0, std::string(32, '1'), tx.now().instant});
                    })
                    .ok());
    EXPECT_EQ(again(number).error().key, "error.again.answered");
}

TEST_F(LetterActs, AnInvitationGoesAgainWithTheDeadlineThatHoldsNow) {
    const auto refused = testing::refuseNext(world);
    world.at("2026-11-10 10:00:00");
    moveDeadline("2026-12-15");
    const auto made = again(refused);
    ASSERT_TRUE(made.ok());
    EXPECT_THAT(letter(refused).text, HasSubstr("1. december 2026"));
    EXPECT_THAT(letter(*made).text, HasSubstr("15. december 2026"));
    EXPECT_THAT(letter(*made).text, Not(HasSubstr(" 1. december 2026")));
    const auto waits = world.letters().at(1); // the other party's, not sent yet
    ASSERT_TRUE(correct(*waits.contact, "rigtig@part.example"));
    EXPECT_THAT(world.letters().back().text, HasSubstr("15. december 2026"));
}

TEST_F(LetterActs, AReminderAfterTheDeadlineIsOneToo) {
    testing::acceptNext(world);
    testing::acceptNext(world);
    Letter late = letter(1);
    late.kind = LetterKind::overdue;
    late.state = LetterState::unknown;
    EXPECT_TRUE(mayHaveArrived(late));
    const auto why = [&] {
        const auto no =
            world.database.read([&](sqlite::ReadTx& tx) { return whyNotAgain(tx, world.office, late, world.now()); });
        return no ? no->key : "";
    };
    EXPECT_EQ(why(), "error.again.in_time");
    world.at("2026-12-02 10:00:00");
    EXPECT_EQ(why(), "");
    const std::vector<Letter> sent{late};
    EXPECT_THAT(lettersOwed(sent, true), ::testing::IsEmpty());
}

TEST_F(LetterActs, AnExpiredLinkIsNotSentAgain) {
    const auto refused = testing::refuseNext(world);
    world.at("2027-01-15 09:00:00");
    EXPECT_EQ(again(refused).error().key, "error.again.expired");
}

TEST_F(LetterActs, CancellingAndClaimingExcludeEachOther) {
    ASSERT_TRUE(cancel(1).ok());
    EXPECT_EQ(letter(1).state, LetterState::cancelled);
    EXPECT_EQ(world.acts().back(), "letter.cancelled");
    EXPECT_EQ(cancel(1).error().key, "error.letter.not_waiting");
    const auto claimed = world.database.write([](sqlite::Tx& tx) {
        auto found = sqlite::claimLetter(tx);
        tx.housekeeping("test");
        return found;
    });
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->id, 2) << "never the cancelled one";
    EXPECT_EQ(cancel(2).error().key, "error.letter.not_waiting") << "the outbox has it";
    EXPECT_EQ(letter(2).state, LetterState::claimed);
    EXPECT_EQ(cancel(99).error().kind, ErrorKind::notFound);
}

TEST_F(LetterActs, ACorrectedAddressRedirectsWhatWaitsWithANewLink) {
    const auto old = world.tokenOf(world.visit(id));
    const auto done = correct(contact(), "rigtig@part1.example");
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->redirected, 1u);
    EXPECT_EQ(done->sentAgain, 0u) << "the invitation waited, so it is not sent twice";
    EXPECT_EQ(letter(1).state, LetterState::cancelled);
    const auto last = world.letters().back();
    EXPECT_EQ(last.toMail, "rigtig@part1.example");
    EXPECT_EQ(last.state, LetterState::queued);
    EXPECT_EQ(last.text, letter(1).text);
    EXPECT_NE(last.link, letter(1).link);
    EXPECT_NE(world.tokenOf(world.visit(id)), old);
    const auto look =
        world.database.read([&](sqlite::ReadTx& tx) { return lookAtLink(tx, world.office, old, world.now()); });
    EXPECT_EQ(look->ruling, LinkRuling::revoked);
    EXPECT_EQ(world.acts().back(), "contact.address_corrected");
}

TEST_F(LetterActs, TheWrongPersonsSessionEndsAlsoOneFromALinkReplacedBefore) {
    const auto session = world.database.write(
        [&](sqlite::Tx& tx) { return openLink(tx, world.office, world.tokenOf(world.visit(id))); });
    const auto visits = [&] {
        return world.database
            .read([&](sqlite::ReadTx& tx) { return partySession(tx, world.office, *session, world.now()); })
            .has_value();
    };
    ASSERT_TRUE(visits());
    ASSERT_TRUE(
        world.database.write([&](sqlite::Tx& tx) { return sendLinkAgain(tx, world.office, world.officer, contact()); })
            .ok());
    ASSERT_TRUE(visits()) << "a newer link went to the same person";
    ASSERT_TRUE(correct(contact(), "rigtig@part1.example").ok());
    EXPECT_FALSE(visits());
}

TEST_F(LetterActs, WhatTheWrongAddressTookIsSentAgainIfWanted) {
    testing::acceptNext(world);
    testing::acceptNext(world);
    ASSERT_EQ(world.count("letters"), 2);
    const auto only = correct(contact(), "rigtig@part1.example", false);
    EXPECT_EQ(only->sentAgain, 0u);
    EXPECT_EQ(world.count("letters"), 2);
    const auto both = correct(contact(1), "rigtig@part2.example");
    EXPECT_EQ(both->sentAgain, 1u);
    EXPECT_EQ(world.letters().back().kind, LetterKind::invitation);
    EXPECT_EQ(world.letters().back().toMail, "rigtig@part2.example");
}

TEST_F(LetterActs, OwedAreTheNewestNewsAndNeverAReminder) {
    const auto make = [](std::int64_t number, LetterKind kind, LetterState state) {
        Letter l;
        l.id = number;
        l.kind = kind;
        l.state = state;
        return l;
    };
    const std::vector<Letter> sent{make(1, LetterKind::invitation, LetterState::accepted),
                                   make(2, LetterKind::deadlineChanged, LetterState::refused),
                                   make(3, LetterKind::reminder, LetterState::refused),
                                   make(4, LetterKind::deadlineChanged, LetterState::accepted),
                                   make(5, LetterKind::linkAgain, LetterState::accepted),
                                   make(6, LetterKind::enclosureAdded, LetterState::accepted),
                                   make(7, LetterKind::enclosureAdded, LetterState::queued),
                                   make(8, LetterKind::outcome, LetterState::cancelled)};
    const auto ids = [](const std::vector<Letter>& letters) {
        std::vector<std::int64_t> numbers;
        for (const auto& each : letters) numbers.push_back(each.id);
        return numbers;
    };
    EXPECT_THAT(ids(lettersOwed(sent, true)), ElementsAre(1)) << "the invitation says when the deadline is";
    EXPECT_THAT(ids(lettersOwed(sent, false)), ElementsAre(4)) << "no invitation to what is over";
}

TEST_F(LetterActs, WhoIsCutOffGetsNoLinkByTheBackDoor) {
    const auto refused = testing::refuseNext(world);
    const auto whom = *letter(refused).contact;
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::revokeLinksOf(tx, whom);
        tx.housekeeping("test");
    });
    const auto letters = world.count("letters"), links = world.count("links");
    EXPECT_EQ(again(refused).error().key, "error.again.cut_off");
    const auto done = correct(whom, "rigtig@part1.example");
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->sentAgain + done->redirected, 0u);
    EXPECT_EQ(world.count("letters"), letters);
    EXPECT_EQ(world.count("links"), links);
    EXPECT_EQ(world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findContact(tx, whom); })->mail,
              "rigtig@part1.example");
}

TEST_F(LetterActs, AnAddressIsCheckedBeforeItIsTaken) {
    const auto key = [&](const std::string& mail) {
        const auto refused = correct(contact(), mail);
        return refused.ok() ? "" : refused.error().fields.empty() ? refused.error().key : refused.error().fields[0].key;
    };
    EXPECT_EQ(key(""), "error.mail.missing");
    EXPECT_EQ(key("kontakt@part1.example"), "error.mail.same");
    EXPECT_EQ(key("a@b\r\nRCPT TO:<x@y.dk>"), "error.mail.address");
    EXPECT_EQ(letter(1).state, LetterState::queued) << "nothing was touched";
    const auto draft = world.consultation().openUntil("2026-12-01").with("Kladde").draft();
    EXPECT_EQ(world.database
                  .write([&](sqlite::Tx& tx) {
                      return correctAddress(tx, world.office, world.officer, draft,
                                            world.parties(draft)[0].contacts[0].id, {"a@b.dk", true});
                  })
                  .error()
                  .key,
              "error.consultation.is_draft");
    EXPECT_EQ(world.database
                  .write([&](sqlite::Tx& tx) {
                      return correctAddress(tx, world.office, world.officer, draft, contact(), {"a@b.dk", true});
                  })
                  .error()
                  .kind,
              ErrorKind::notFound)
        << "a contact of another consultation";
}

TEST_F(LetterActs, TheLedgerFindsEachFate) {
    const auto accepted = testing::acceptNext(world);
    const auto deferred = testing::deferNext(world);
    const auto find = [&](sqlite::LedgerFilter filter) {
        std::vector<std::int64_t> ids;
        for (const auto& line : world.database.read([&](sqlite::ReadTx& tx) { return sqlite::ledgerPage(tx, filter); }))
            ids.push_back(line.letter.id);
        return ids;
    };
    sqlite::LedgerFilter filter;
    EXPECT_THAT(find(filter), ElementsAre(2, 1));
    filter.deferred = true;
    EXPECT_THAT(find(filter), ElementsAre(deferred));
    filter = {};
    filter.state = LetterState::accepted;
    EXPECT_THAT(find(filter), ElementsAre(accepted));
    testing::bounce(world, accepted);
    EXPECT_THAT(find(filter), ElementsAre()) << "one that came back is not shown as delivered";
    filter = {};
    filter.bounced = true;
    EXPECT_THAT(find(filter), ElementsAre(accepted));
    filter = {};
    filter.search = "PART2";
    EXPECT_THAT(find(filter), ElementsAre(2));
    filter.search = "%";
    EXPECT_THAT(find(filter), ElementsAre()) << "a wildcard is a letter like any other";
    filter = {};
    filter.party = world.parties(id)[0].id;
    filter.kind = LetterKind::invitation;
    EXPECT_THAT(find(filter), ElementsAre(1));
    filter.kind = LetterKind::reminder;
    EXPECT_THAT(find(filter), ElementsAre());
}

TEST_F(LetterActs, TheProofTellsAttemptsAndReturnsAndStaysTheSame) {
    testing::deferNext(world);
    const auto second = testing::acceptNext(world);
    world.at("2026-11-02 09:30:00");
    testing::acceptNext(world);
    testing::bounce(world, second);
    const auto compile = [&] { return *world.database.read([&](sqlite::ReadTx& tx) { return compileProof(tx, id); }); };
    const auto proof = compile();
    ASSERT_EQ(proof.parties.size(), 2u);
    EXPECT_EQ(proof.parties[0].party.name, "LokalMED");
    ASSERT_EQ(proof.parties[0].letters.size(), 1u);
    EXPECT_EQ(proof.parties[0].letters[0].attempts.size(), 2u);
    EXPECT_EQ(proof.parties[0].letters[0].attempts[0].code, 451);
    EXPECT_EQ(proof.parties[1].letters[0].returns.at(0).status, "5.2.2");
    EXPECT_EQ(proof.asOf, world.now().instant);
    EXPECT_EQ(proof.journalHash.size(), 64u);
    world.at("2026-11-03 09:00:00");
    world.database.write([&](sqlite::Tx& tx) { recordProof(tx, world.officer, id, std::string(64, 'a')); });
    EXPECT_EQ(world.acts().back(), "proof.downloaded");
    EXPECT_EQ(compile().journalHash, proof.journalHash) << "to take it changes nothing in it";
    EXPECT_EQ(compile().asOf, proof.asOf);
    EXPECT_FALSE(world.database.read([](sqlite::ReadTx& tx) { return compileProof(tx, 99); }));
}

} // namespace
} // namespace hoering
