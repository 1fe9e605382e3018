// An answer that its party takes back: what is kept, who is told, and who has answered then.
#include "usecases/withdraw_response.h"

#include <gmock/gmock.h>

#include "sqlite/drafts.h"
#include "sqlite/links.h"
#include "sqlite/notices.h"
#include "sqlite/reminders.h"
#include "sqlite/users.h"
#include "support/acting.h"
#include "usecases/overtaken_letter.h"
#include "usecases/save_draft.h"
#include "usecases/send_again.h"
#include "usecases/submit_response.h"
#include "usecases/upcoming_mail.h"
#include "usecases/withdrawing.h"
#include "usecases/write_staff_letters.h"

namespace hoering {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using WithdrawResponse = Withdrawing;

TEST_F(WithdrawResponse, LeavesTheAnswerAsItWasAndMarksIt) {
    answer(0, "Vi støtter model 2.");
    const auto before = versions(0).back();
    world.at("2026-11-05 10:00:00");
    const auto done = withdraw(0, input(0, "  Bestyrelsen har\r\nikke godkendt det. "));
    ASSERT_TRUE(done.ok());
    const auto after = versions(0);
    ASSERT_EQ(after.size(), 1u);
    EXPECT_EQ(after[0].text, before.text);
    EXPECT_EQ(after[0].checksum, before.checksum);
    ASSERT_TRUE(after[0].withdrawal);
    EXPECT_EQ(after[0].withdrawal->at, world.now().instant);
    EXPECT_EQ(after[0].withdrawal->channel, Channel::online);
    EXPECT_EQ(after[0].withdrawal->reason, "Bestyrelsen har\nikke godkendt det.");
    EXPECT_EQ(after[0].withdrawal->withdrawnBy, "Kontakt 1");
    EXPECT_FALSE(after[0].withdrawal->registeredAt);
    EXPECT_NE(after[0].withdrawal->receipt, before.receipt);
    EXPECT_FALSE(world.database.read([&](sqlite::ReadTx& tx) { return sqlite::hasAnswered(tx, party(0).id); }));
}

TEST_F(WithdrawResponse, IsInTheJournalWithoutThePartysWords) {
    answer(0);
    ASSERT_TRUE(withdraw(0, input(0, "En personlig grund.")).ok());
    const auto entry = world.entry("response.withdrawn");
    EXPECT_EQ(entry.event.actor.kind, ActorKind::party);
    EXPECT_EQ(entry.event.party, party(0).id);
    const auto answer = versions(0)[0];
    EXPECT_EQ(world.detail(entry, "version"), "1");
    EXPECT_EQ(world.detail(entry, "withdrawn"), answer.receipt);
    EXPECT_EQ(world.detail(entry, "receipt"), answer.withdrawal->receipt);
    EXPECT_EQ(world.detail(entry, "checksum"), withdrawalChecksum(answer, *answer.withdrawal));
    EXPECT_EQ(world.number("SELECT count(*) FROM journal WHERE details LIKE '%personlig%'"), 0);
}

TEST_F(WithdrawResponse, IsReceiptedToAllThePartysContacts) {
    world.database.write([&](sqlite::Tx& tx) {
        for (const char* name : {"'Formanden', 'formand@part1.example'", "'Den gamle', 'gammel@part1.example'"})
            tx.sql("INSERT INTO contacts(party_id, name, mail) VALUES (" + std::to_string(party(0).id) + ", " + name +
                   ")")
                .run();
        tx.housekeeping("test");
    });
    const auto old = party(0).contacts.at(2).id;
    world.database.write([&](sqlite::Tx& tx) { // who has lost the link gets no fresh one by the way
        sqlite::revokeLink(tx, sqlite::insertLink(tx, old, "n", "h"));
        tx.housekeeping("test");
    });
    answer(0, "Vi støtter model 2.");
    ASSERT_TRUE(withdraw(0, input(0, "En grund.")).ok());
    const auto letters = world.lettersOf(LetterKind::withdrawn);
    ASSERT_EQ(letters.size(), 2u);
    EXPECT_EQ(letters[0].toMail, "kontakt@part1.example");
    EXPECT_EQ(letters[1].toMail, "formand@part1.example");
    const auto answered = versions(0)[0];
    for (const auto& letter : letters) {
        EXPECT_THAT(letter.text, AllOf(HasSubstr(answered.receipt), HasSubstr(answered.withdrawal->receipt)));
        EXPECT_THAT(letter.text, HasSubstr("Trukket tilbage af: Kontakt 1"));
        EXPECT_THAT(letter.text, HasSubstr("I kan svare igen indtil"));
        EXPECT_THAT(letter.text, AllOf(Not(HasSubstr("model 2")), Not(HasSubstr("En grund"))));
        EXPECT_THAT(letter.text, HasSubstr(std::string(linkMark)));
    }
}

TEST_F(WithdrawResponse, TwiceIsOnce) {
    answer(0);
    const auto form = input(0);
    const auto first = withdraw(0, form), second = withdraw(0, form);
    const auto otherTab = withdraw(0, {form.response, "", newKey(), form.received});
    ASSERT_TRUE(first.ok() && second.ok() && otherTab.ok());
    EXPECT_EQ(first->withdrawal->receipt, second->withdrawal->receipt);
    EXPECT_EQ(first->withdrawal->receipt, otherTab->withdrawal->receipt);
    EXPECT_EQ(world.count("withdrawals"), 1);
    EXPECT_EQ(world.lettersOf(LetterKind::withdrawn).size(), 1u);
}

TEST_F(WithdrawResponse, CannotBeChangedOrTakenOut) {
    answerAndWithdraw(0);
    for (const char* sql : {"UPDATE withdrawals SET reason = 'en anden'", "DELETE FROM withdrawals"})
        EXPECT_ANY_THROW(world.database.write([&](sqlite::Tx& tx) {
            tx.housekeeping("tries what must not work");
            tx.sql(sql).run();
        })) << sql;
}

TEST_F(WithdrawResponse, ReachesNoAnswerOfAnotherParty) {
    answer(0);
    answer(1);
    EXPECT_EQ(keyOf(withdraw(1, input(0))), "error.withdrawal.changed");
    EXPECT_EQ(keyOf(withdraw(2, input(0))), "error.withdrawal.nothing");
    const auto form = input(0);
    ASSERT_TRUE(withdraw(0, form).ok());
    EXPECT_EQ(keyOf(withdraw(1, {versions(1)[0].id, "", form.key, form.received})), "error.form.used");
    EXPECT_EQ(world.count("withdrawals"), 1);
}

TEST_F(WithdrawResponse, IsOfTheVersionThatWasShown) {
    answer(0);
    const auto shown = input(0);
    answer(0, "En rettelse fra en kollega.");
    EXPECT_EQ(keyOf(withdraw(0, shown)), "error.withdrawal.changed");
    ASSERT_TRUE(withdraw(0).ok());
    EXPECT_FALSE(versions(0)[0].withdrawal) << "it was replaced, and does not come back";
    EXPECT_EQ(status(0), PartyStatus::withdrawn);
}

TEST_F(WithdrawResponse, RefusesWhatIsNoForm) {
    answer(0);
    auto form = input(0);
    form.key = "kort";
    EXPECT_EQ(keyOf(withdraw(0, form)), "error.form.key");
    const auto refused = withdraw(0, input(0, std::string(longestWithdrawalReason + 1, 'a')));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fields.at(0).key, "error.text.too_long");
    EXPECT_EQ(world.count("withdrawals"), 0);
}

TEST_F(WithdrawResponse, IsOnlyInTimeLikeACorrection) {
    answer(0);
    answer(1);
    world.at("2026-12-01 23:59:59");
    EXPECT_TRUE(withdraw(1).ok());
    world.at("2026-12-02 00:00:00");
    EXPECT_EQ(keyOf(withdraw(0)), "error.deadline.over");
    world.database.write([&](sqlite::Tx& tx) {
        tx.housekeeping("test");
        tx.sql("UPDATE consultations SET accept_late = 1").run();
    });
    EXPECT_EQ(keyOf(withdraw(0)), "error.withdrawal.late");
    EXPECT_EQ(world.count("withdrawals"), 1);
}

TEST_F(WithdrawResponse, IsFollowedByAnAnswerThatStands) {
    answer(0, "Det første.");
    ASSERT_TRUE(withdraw(0).ok());
    const auto visit = world.visit(consultation, 0);
    world.clock.advance(std::chrono::minutes{1});
    ASSERT_TRUE(world.database.write([&](sqlite::Tx& tx) { return startCorrection(tx, visit); }).ok());
    const auto draft = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findDraft(tx, party(0).id); });
    EXPECT_EQ(draft->text, "Det første.") << "nothing is lost";
    EXPECT_EQ(status(0), PartyStatus::drafting);
    const auto sent = world.answer(world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, visit,
                              {ResponseKind::remarks, "Det andet.", draft->version, newKey(), world.now().instant});
    }));
    ASSERT_TRUE(sent.ok());
    EXPECT_EQ(sent->version, 2);
    EXPECT_EQ(status(0), PartyStatus::answered);
    const auto all = digest();
    EXPECT_EQ(all.figures.answered, 1);
    EXPECT_EQ(all.figures.withdrawn, 0);
    EXPECT_EQ(all.parties.at(0).answer()->text, "Det andet.");
    ASSERT_TRUE(withdraw(0).ok()) << "and that one too can be withdrawn";
    EXPECT_EQ(world.count("withdrawals"), 2);
}

TEST_F(WithdrawResponse, IsNotUndoneByACorrectionThatWasOnItsWay) {
    answer(0, "Det første.");
    const auto visit = world.visit(consultation, 0);
    ASSERT_TRUE(world.database.write([&](sqlite::Tx& tx) { return startCorrection(tx, visit); }).ok());
    const auto shown = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findDraft(tx, party(0).id); });
    ASSERT_TRUE(withdraw(0).ok());
    const auto sent = world.answer(world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, visit,
                              {ResponseKind::remarks, "Rettet.", shown->version, newKey(), world.now().instant});
    }));
    EXPECT_EQ(keyOf(sent), "error.draft.changed") << "its sender sees first that the answer was taken back";
    EXPECT_EQ(versions(0).size(), 1U);
}

TEST_F(WithdrawResponse, IsNoAnswerToTheRemindersAndTheirForecast) {
    answer(0);
    world.at("2026-11-17 09:00:00"); // ten working days before
    remindersOfNow();
    ASSERT_TRUE(withdraw(0).ok());
    world.at("2026-11-25 09:00:00");
    const auto steps = world.database.read(
        [&](sqlite::ReadTx& tx) { return upcomingMail(tx, world.office, world.now(), 14, consultation); });
    ASSERT_FALSE(steps.empty());
    EXPECT_EQ(steps[0].gets.size(), 2u) << "both consulted parties";
    world.at("2026-11-26 09:00:00");
    remindersOfNow();
    std::vector<std::string> to;
    for (const auto& letter : world.lettersOf(LetterKind::reminder)) to.push_back(letter.toMail);
    EXPECT_THAT(to, ElementsAre("kontakt@part2.example", "kontakt@part1.example", "kontakt@part2.example"));
}

TEST_F(WithdrawResponse, LetsAReminderThatWaitedGoAndGoAgain) {
    world.at("2026-11-17 09:00:00");
    remindersOfNow();
    const auto letter = world.lettersOf(LetterKind::reminder).at(0);
    const auto overtaken = [&] {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return std::string(overtakenBecause(tx, letter, world.now())); });
    };
    const auto again = [&]() -> std::string {
        auto sent = letter;
        sent.state = LetterState::accepted;
        const auto no =
            world.database.read([&](sqlite::ReadTx& tx) { return whyNotAgain(tx, world.office, sent, world.now()); });
        return no ? no->key : "";
    };
    answer(0);
    EXPECT_EQ(overtaken(), "reminder_reason.answered");
    EXPECT_EQ(again(), "error.again.answered");
    ASSERT_TRUE(withdraw(0).ok());
    EXPECT_EQ(overtaken(), "");
    EXPECT_EQ(again(), "");
}

TEST_F(WithdrawResponse, ReleasesAndTellsThoseItSpokeFor) {
    join(1, 0);
    answer(0);
    EXPECT_EQ(digest().figures.joint, 1);
    ASSERT_TRUE(withdraw(0).ok());
    EXPECT_FALSE(party(1).jointWith);
    EXPECT_THAT(world.acts(), Contains("party.left_joint"));
    EXPECT_EQ(world.entry("party.left_joint").event.party, party(1).id);
    EXPECT_EQ(digest().figures.joint, 0);
    EXPECT_EQ(digest().figures.noAnswer, 2);
    const auto letters = world.lettersOf(LetterKind::withdrawn);
    ASSERT_EQ(letters.size(), 2u);
    EXPECT_EQ(letters[1].toMail, "kontakt@part2.example");
    EXPECT_THAT(testing::flat(letters[1].text),
                HasSubstr("Det fælles svar, som også var på vegne af Rådet, er trukket tilbage"));
    EXPECT_THAT(letters[1].text, AllOf(Not(HasSubstr("LokalMED")), Not(HasSubstr("part1.example"))));
}

TEST_F(WithdrawResponse, LetsThePartyAnswerTogetherWithAnother) {
    answerAndWithdraw(1);
    answer(0);
    join(1, 0);
    EXPECT_EQ(status(1), PartyStatus::joint);
    EXPECT_EQ(digest().figures.joint, 1);
    ASSERT_TRUE(withdraw(0).ok());
    EXPECT_EQ(status(1), PartyStatus::withdrawn);
}

TEST_F(WithdrawResponse, IsToldToColleaguesAsAnAnswerIs) {
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::setUserNotify(tx, world.karen.id, Notify::atOnce);
        tx.housekeeping("test");
    });
    answer(0);
    world.database.write([&](sqlite::Tx& tx) { writeStaffLetters(tx, world.office, world.karen.id); });
    ASSERT_TRUE(withdraw(0, input(0, "En hemmelig grund.")).ok());
    world.database.write([&](sqlite::Tx& tx) { writeStaffLetters(tx, world.office, world.karen.id); });
    const auto letters = world.lettersOf(LetterKind::staffAnswer);
    ASSERT_EQ(letters.size(), 2u);
    EXPECT_THAT(letters[1].subject, HasSubstr("LokalMED har trukket sit svar tilbage"));
    EXPECT_THAT(letters[1].text, Not(HasSubstr("hemmelig")));
}

} // namespace
} // namespace hoering
