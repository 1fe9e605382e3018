// An answer that its party takes back, by itself or by our hand: what is kept, who is told, and who has answered then.
#include "usecases/withdraw_response.h"

#include <gmock/gmock.h>

#include "sqlite/drafts.h"
#include "sqlite/links.h"
#include "sqlite/notices.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "sqlite/responses.h"
#include "sqlite/users.h"
#include "support/acting.h"
#include "usecases/act_world.h"
#include "usecases/close_consultation.h"
#include "usecases/compile_digest.h"
#include "usecases/join_answer.h"
#include "usecases/overtaken_letter.h"
#include "usecases/register_response.h"
#include "usecases/register_withdrawal.h"
#include "usecases/save_draft.h"
#include "usecases/send_again.h"
#include "usecases/send_reminder.h"
#include "usecases/submit_response.h"
#include "usecases/upcoming_mail.h"
#include "usecases/write_staff_letters.h"

namespace hoering {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
    const auto sent = world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, visit,
                              {ResponseKind::remarks, "Det andet.", draft->version, newKey(), world.now().instant});
    });
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
    const auto sent = world.database.write([&](sqlite::Tx& tx) {
        return submitResponse(tx, visit,
                              {ResponseKind::remarks, "Rettet.", shown->version, newKey(), world.now().instant});
    });
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

struct RegisterWithdrawal : Withdrawing {
    testing::ActWorld::Fields form(std::size_t n, std::string day, std::string time) {
        return {{"response", std::to_string(versions(n).empty() ? 0 : versions(n).back().id)},
                {"channel", "phone"},
                {"received_date", std::move(day)},
                {"received_time", std::move(time)},
                {"reason", "Formanden ringede: svaret var ikke godkendt."},
                {"receipt", newReceiptNumber(world.now().instant)}};
    }
    static testing::ActWorld::Fields with(testing::ActWorld::Fields fields, const std::string& name,
                                          const std::string& value) {
        for (auto& [each, old] : fields)
            if (each == name) old = value;
        return fields;
    }
    std::vector<std::string> wrong(const testing::ActWorld::Fields& fields) {
        const auto plan = world.preview(registerWithdrawalAct, consultation, fields);
        std::vector<std::string> all;
        if (!plan)
            for (const auto& each : plan.error().fields) all.push_back(each.field + ": " + each.key);
        return all;
    }
    std::vector<std::string> effects(const testing::ActWorld::Fields& fields) {
        std::vector<std::string> keys;
        const auto plan = world.preview(registerWithdrawalAct, consultation, fields);
        for (const auto& [key, args] : plan->effects) keys.push_back(key);
        return keys;
    }
};

TEST_F(RegisterWithdrawal, IsStoredWithWhoWroteItInAlsoAfterTheDeadline) {
    answer(0);
    answer(1);
    world.at("2026-12-02 00:00:01");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    world.at("2026-12-03 14:00:00");
    const auto fields = form(0, "3.12.2026", "13.30");
    EXPECT_THAT(effects(fields), ElementsAre("plan.withdraw.answer", "plan.withdraw.kept", "plan.withdraw.no_answer"));
    ASSERT_TRUE(world.play(registerWithdrawalAct, consultation, fields).ok());
    const auto answer = versions(0).at(0);
    ASSERT_TRUE(answer.withdrawal);
    EXPECT_EQ(isoUtc(answer.withdrawal->at), "2026-12-03T12:30:00.000Z");
    EXPECT_EQ(answer.withdrawal->channel, Channel::phone);
    EXPECT_EQ(answer.withdrawal->registeredBy, "Karen Kontor");
    EXPECT_EQ(answer.withdrawal->registeredAt, world.now().instant);
    EXPECT_EQ(answer.withdrawal->withdrawnBy, "");
    EXPECT_EQ(status(0, true), PartyStatus::withdrawn);
    EXPECT_EQ(digest().figures.withdrawn, 1);
    EXPECT_EQ(digest().figures.noAnswer, 1);
    EXPECT_EQ(digest().asOf, world.now().instant);
    const auto entry = world.entry("response.withdrawal_registered");
    EXPECT_EQ(entry.event.actor.name, "Karen Kontor");
    EXPECT_EQ(world.detail(entry, "channel"), "phone");
    EXPECT_EQ(world.detail(entry, "receipt"), answer.withdrawal->receipt);
    EXPECT_EQ(world.number("SELECT count(*) FROM journal WHERE details LIKE '%Formanden%'"), 0);
    const auto letters = world.lettersOf(LetterKind::withdrawn);
    ASSERT_EQ(letters.size(), 1u);
    EXPECT_EQ(letters[0].toMail, "kontakt@part1.example");
    EXPECT_THAT(letters[0].text,
                AllOf(HasSubstr("Kom som: telefon"), HasSubstr("Fristen var tirsdag den 1. december 2026"),
                      Not(HasSubstr("Formanden"))));
}

TEST_F(RegisterWithdrawal, SaysBeforehandWhatFollows) {
    join(1, 0);
    answer(0);
    answer(2);
    world.at("2026-11-05 14:00:00");
    EXPECT_THAT(effects(form(0, "2026-11-05", "9.00")), ElementsAre("plan.withdraw.answer", "plan.withdraw.kept",
                                                                    "plan.withdraw.again", "plan.withdraw.follower"));
    EXPECT_THAT(effects(form(2, "2026-11-05", "9.00")), Contains("plan.withdraw.again_informed"));
    ASSERT_TRUE(world.play(registerWithdrawalAct, consultation, form(0, "2026-11-05", "9.00")).ok());
    EXPECT_FALSE(party(1).jointWith);
    EXPECT_EQ(world.lettersOf(LetterKind::withdrawn).size(), 2u);
    EXPECT_EQ(world.mailings(consultation).front().letters, 2);
}

TEST_F(RegisterWithdrawal, NamesAllThatIsWrongAtOnce) {
    answer(0);
    world.at("2026-11-05 14:00:00");
    EXPECT_THAT(wrong({}), ElementsAre("response: error.withdrawal.choose", "channel: error.withdrawal.channel",
                                       "received_date: error.received.date", "received_time: error.received.time",
                                       "reason: error.reason.missing", "response: error.form.key"));
    const auto good = form(0, "2026-11-05", "9.00");
    EXPECT_THAT(wrong(good), IsEmpty());
    EXPECT_THAT(wrong(with(good, "channel", "online")), ElementsAre("channel: error.withdrawal.channel"));
    EXPECT_THAT(wrong(with(good, "received_time", "15.00")), ElementsAre("received_date: error.received.ahead"));
    EXPECT_THAT(wrong(with(good, "response", "999")), ElementsAre("response: error.withdrawal.choose"));
    world.at("2026-11-06 09:30:00");
    answer(1);
    EXPECT_THAT(wrong(form(1, "2026-11-06", "9.29")), ElementsAre("received_date: error.withdrawal.before"));
    EXPECT_THAT(wrong(form(1, "2026-11-06", "9.30")), IsEmpty());
    const auto other = world.usualConsultation();
    EXPECT_EQ(world.preview(registerWithdrawalAct, other, good).error().fields.at(0).key, "error.withdrawal.stale");
}

TEST_F(RegisterWithdrawal, IsOfTheAnswerThatWasShownAndOnce) {
    answer(0);
    world.at("2026-11-05 14:00:00");
    const auto fields = form(0, "2026-11-05", "9.00");
    const auto plan = world.preview(registerWithdrawalAct, consultation, fields);
    answer(0, "En rettelse.");
    EXPECT_EQ(world.confirm(registerWithdrawalAct, consultation, fields, plan->fingerprint).error().fields.at(0).key,
              "error.withdrawal.stale");
    EXPECT_EQ(world.count("withdrawals"), 0);
    const auto again = form(0, "2026-11-05", "14.00");
    const auto shown = world.preview(registerWithdrawalAct, consultation, again);
    const auto key = newKey();
    ASSERT_TRUE(world.confirm(registerWithdrawalAct, consultation, again, shown->fingerprint, key).ok());
    ASSERT_TRUE(world.confirm(registerWithdrawalAct, consultation, again, shown->fingerprint, key).ok());
    EXPECT_EQ(world.count("withdrawals"), 1);
    EXPECT_EQ(world.lettersOf(LetterKind::withdrawn).size(), 1u);
}

TEST_F(RegisterWithdrawal, IsOfferedOnlyTheAnswersThatStand) {
    answer(0);
    answer(1);
    ASSERT_TRUE(withdraw(0).ok());
    const auto standing = world.database.read([&](sqlite::ReadTx& tx) { return standingAnswers(tx, consultation); });
    ASSERT_EQ(standing.size(), 1u);
    EXPECT_EQ(standing[0].party.name, "Rådet");
    EXPECT_EQ(standing[0].response.id, versions(1)[0].id);
}

TEST_F(RegisterWithdrawal, LeavesWhoeverWasNeverInvitedOutOfTheFigures) {
    world.at("2026-11-05 14:00:00");
    ASSERT_TRUE(world
                    .play(registerAct, consultation,
                          {{"party", "new"},
                           {"party_name", "Grundejerforeningen"},
                           {"channel", "mail"},
                           {"kind", "remarks"},
                           {"received_date", "2026-11-05"},
                           {"received_time", "9.00"},
                           {"text", "Vi vil også høres."},
                           {"receipt", newReceiptNumber(world.now().instant)}})
                    .ok());
    EXPECT_EQ(digest().figures.unsolicited, 1);
    ASSERT_TRUE(world.play(registerWithdrawalAct, consultation, form(3, "2026-11-05", "10.00")).ok());
    EXPECT_EQ(digest().figures.unsolicited, 0);
    EXPECT_EQ(digest().figures.withdrawn, 1);
    EXPECT_EQ(status(3), PartyStatus::withdrawn);
}

} // namespace
} // namespace hoering
