#include <gmock/gmock.h>

#include <array>

#include "sqlite/extensions.h"
#include "sqlite/mailings.h"
#include "sqlite/reminders.h"
#include "support/acting.h"
#include "usecases/ask_extension.h"
#include "usecases/close_consultation.h"
#include "usecases/close_early.h"
#include "usecases/extend_deadline.h"
#include "usecases/extend_party.h"
#include "usecases/save_draft.h"
#include "usecases/send_reminder.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

using testing::Acting;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::flat;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::moveTo;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

struct ExtendDeadline : ::testing::Test {
    testing::World world;
    Acting acting{world};
    std::int64_t id =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet", PartyRole::informed).publish();

    Result<ActDone> extend(const std::string& date) { return acting.run(extendAct, id, moveTo(date)); }
    Result<Response> submit(const std::string& text, std::size_t party = 0) {
        const auto visit = world.visit(id, party);
        return world.answer(world.database.write([&](sqlite::Tx& tx) {
            return submitResponse(tx, visit, {ResponseKind::remarks, text, 0, newKey(), tx.now().instant});
        }));
    }
    void close() {
        world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    }
    std::vector<Letter> lettersOf(LetterKind kind) {
        std::vector<Letter> found;
        for (auto& letter : world.letters())
            if (letter.kind == kind) found.push_back(std::move(letter));
        return found;
    }
    /// "party step state" of every reminder.
    std::vector<std::string> reminders() {
        std::vector<std::string> found;
        for (const auto& each : world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, id); }))
            found.push_back(each.partyName + " " + each.dueLocal + " " + each.state);
        return found;
    }
    std::vector<DeadlineChange> changes() {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::deadlineChangesOf(tx, id); });
    }
};

TEST_F(ExtendDeadline, MovesItTellsEverybodyAndLeavesItsTrace) {
    const auto commits = world.database.counters().commits;
    const auto done = extend("2026-12-15");
    ASSERT_TRUE(done.ok()) << done.error().key;
    EXPECT_EQ(world.database.counters().commits, commits + 1);
    const auto now = world.find(id);
    EXPECT_EQ(now.text.deadline->stored(), "2026-12-15");
    EXPECT_EQ(now.sequence, 1);
    EXPECT_EQ(world.acts().back(), "deadline.extended");
    const auto moved = changes();
    ASSERT_EQ(moved.size(), 1u);
    EXPECT_FALSE(moved[0].party);
    EXPECT_EQ(moved[0].from.stored(), "2026-12-01");
    EXPECT_EQ(moved[0].to.stored(), "2026-12-15");
    EXPECT_EQ(moved[0].reason, "Materialet kom sent");
    EXPECT_EQ(moved[0].byName, "Karen Kontor");
    EXPECT_EQ(moved[0].at, world.now().instant);
    const auto told = lettersOf(LetterKind::deadlineChanged);
    ASSERT_EQ(told.size(), 2u);
    EXPECT_EQ(told[0].mailing, done->mailing);
    EXPECT_THAT(told[0].subject, HasSubstr("15.12.2026"));
    EXPECT_THAT(flat(told[0].text), HasSubstr("tirsdag den 15. december 2026"));
    EXPECT_THAT(flat(told[0].text), HasSubstr("1. december 2026"));
    EXPECT_THAT(flat(told[0].text), HasSubstr("Materialet kom sent"));
    EXPECT_THAT(flat(told[0].text), HasSubstr("Har I begyndt på et svar"));
    EXPECT_THAT(flat(told[1].text), HasSubstr("I er orienteret om sagen"));
    EXPECT_TRUE(told[0].link.has_value());
}

TEST_F(ExtendDeadline, TellsThoseWhoHaveAnsweredThatTheirAnswerStands) {
    ASSERT_TRUE(submit("Vi er enige").ok());
    ASSERT_TRUE(extend("2026-12-15").ok());
    const auto told = lettersOf(LetterKind::deadlineChanged);
    EXPECT_THAT(flat(told.at(0).text), HasSubstr("I har allerede svaret, og svaret gælder"));
    EXPECT_THAT(flat(told.at(0).text), HasSubstr("Se svaret"));
    EXPECT_THAT(flat(told.at(1).text), Not(HasSubstr("allerede svaret")));
}

TEST_F(ExtendDeadline, IsOnlyEverLaterThanNowAndThanBefore) {
    const auto wrong = [&](const ActInput& input) {
        const auto plan = acting.plan(extendAct, id, input);
        return plan.ok() ? std::vector<std::string>{"nothing"} : Acting::wrong(plan.error());
    };
    EXPECT_THAT(wrong(moveTo("2026-12-01")), ElementsAre("deadline_date error.deadline.not_later"));
    EXPECT_THAT(wrong(moveTo("2026-11-30")), ElementsAre("deadline_date error.deadline.not_later"));
    EXPECT_THAT(wrong(moveTo("2026-12-01", "Fordi", "12.00")), ElementsAre("deadline_date error.deadline.not_later"));
    EXPECT_THAT(wrong(moveTo("2026-11-01")), ElementsAre("deadline_date error.deadline.past"));
    EXPECT_THAT(wrong(moveTo("2026-12-02", "", "25")),
                ElementsAre("deadline_time error.deadline.time", "reason error.reason.missing"));
    EXPECT_THAT(wrong(moveTo("", "")), ElementsAre("deadline_date error.deadline.date", "reason error.reason.missing"));
    EXPECT_THAT(wrong(moveTo("2026-12-02", "Fordi", "00.00")), ElementsAre("nothing")); // one minute later
    EXPECT_THAT(world.letters(), ::testing::SizeIs(2));                                 // the invitations
}

TEST_F(ExtendDeadline, AsksAboutTheHourThatIsThereTwiceAndTheOneThatIsNot) {
    const auto wrong = [&](const ActInput& input) { return Acting::wrong(acting.plan(extendAct, id, input).error()); };
    EXPECT_THAT(wrong(moveTo("2027-03-28", "Fordi", "02.30")), ElementsAre("deadline_time error.deadline.gap"));
    EXPECT_THAT(wrong(moveTo("2027-10-31", "Fordi", "02.30")), ElementsAre("deadline_which error.deadline.twice"));
    ASSERT_TRUE(acting.run(extendAct, id, moveTo("2027-10-31", "Fordi", "02.30", "1")).ok());
    EXPECT_EQ(world.find(id).text.deadline->stored(), "2027-10-31T02:30");
    const auto first = world.find(id).text.deadline->endsAt();
    // The same clock time an hour later is later.
    ASSERT_TRUE(acting.run(extendAct, id, moveTo("2027-10-31", "Fordi", "02.30", "2")).ok());
    EXPECT_EQ(world.find(id).text.deadline->endsAt(), first + std::chrono::hours{1});
    EXPECT_THAT(flat(lettersOf(LetterKind::deadlineChanged).back().text), HasSubstr("(vintertid)"));
}

TEST_F(ExtendDeadline, DoubtsAreFindingsAndNothingIsMovedSilently) {
    const auto doubts = [&](const char* date) {
        return Acting::keysOf(acting.plan(extendAct, id, moveTo(date))->findings);
    };
    EXPECT_THAT(doubts("2026-12-15"), IsEmpty());
    EXPECT_THAT(doubts("2026-12-12"), ElementsAre("finding.deadline.weekend"));
    EXPECT_THAT(doubts("2026-12-25"), ElementsAre("finding.deadline.holiday"));
    EXPECT_THAT(doubts("2028-12-15"), ElementsAre("finding.deadline.far"));
    world.at("2026-12-01 20:00:00");
    EXPECT_THAT(doubts("2026-12-02"), ElementsAre("finding.deadline.near"));
    const auto plan = acting.plan(extendAct, id, moveTo("2026-12-12"));
    EXPECT_THAT(plan->findings[0].args, Contains(std::pair<std::string, std::string>("next", "2026-12-14")));
    ASSERT_TRUE(extend("2026-12-12").ok());
    EXPECT_EQ(world.find(id).text.deadline->stored(), "2026-12-12");
}

TEST_F(ExtendDeadline, ATextTypedAcrossTheOldDeadlineCanBeSentAfterIt) {
    world.at("2026-12-01 23:59:59");
    const auto visit = world.visit(id);
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) { return saveDraft(tx, visit, {"Begyndt i tide", 0}); }));
    world.at("2026-12-02 00:00:00");
    close();
    const auto send = [&] {
        return world.answer(world.database.write([&](sqlite::Tx& tx) {
            return submitResponse(tx, visit, {ResponseKind::remarks, "Begyndt i tide", 1, newKey(), tx.now().instant});
        }));
    };
    EXPECT_EQ(send().error().key, "error.deadline.over");
    world.at("2026-12-02 09:00:00");
    const auto plan = acting.plan(extendAct, id, moveTo("2026-12-08"));
    EXPECT_THAT(Acting::keysOf(plan->effects), Contains("plan.extend.reopens"));
    ASSERT_TRUE(extend("2026-12-08").ok());
    EXPECT_EQ(world.find(id).state, ConsultationState::open);
    EXPECT_FALSE(world.find(id).closedAt);
    EXPECT_EQ(world.find(id).openedAt, toInstant(atTime(parseIsoDate("2026-11-02").value(), std::chrono::hours{9})));
    EXPECT_THAT(flat(lettersOf(LetterKind::deadlineChanged).at(0).text), HasSubstr("har åbnet høringen igen"));
    const auto sent = send();
    ASSERT_TRUE(sent.ok());
    EXPECT_FALSE(sent->late);
}

TEST_F(ExtendDeadline, HoldsToTheSecondAtTheOldAndTheNewDeadline) {
    ASSERT_TRUE(acting.run(extendAct, id, moveTo("2026-12-08", "Fordi", "12.00")).ok());
    for (const auto* inTime :
         {"2026-12-01 23:59:59", "2026-12-02 00:00:00", "2026-12-02 00:00:01", "2026-12-08 12:00:59"}) {
        world.at(inTime);
        close();
        EXPECT_TRUE(submit("Nu").ok()) << inTime;
    }
    world.at("2026-12-08 12:01:00");
    EXPECT_FALSE(submit("For sent").ok());
    close();
    EXPECT_FALSE(submit("For sent").ok());
    EXPECT_EQ(world.acts().back(), "consultation.closed");
}

TEST_F(ExtendDeadline, ADayOfTwentyThreeOrTwentyFiveHoursRunsToItsEnd) {
    const std::vector<std::array<const char*, 3>> days{{"2027-03-28", "2027-03-28 23:59:59", "2027-03-29 00:00:00"},
                                                       {"2027-10-31", "2027-10-31 23:59:59", "2027-11-01 00:00:00"}};
    for (const auto& [date, last, over] : days) {
        ASSERT_TRUE(extend(date).ok()) << date;
        world.at(last);
        close();
        EXPECT_TRUE(submit("Nu").ok()) << date;
        world.at(over);
        EXPECT_FALSE(submit("For sent").ok()) << date;
        close();
        EXPECT_EQ(world.find(id).state, ConsultationState::closed) << date;
    }
}

TEST_F(ExtendDeadline, OpensOneThatWasClosedEarlyAlsoForThoseWithTheirOwnDeadline) {
    ASSERT_TRUE(
        acting.run(extendPartyAct, id, testing::with(moveTo("2026-12-20"), "party", world.parties(id).at(0).id)).ok());
    ASSERT_TRUE(acting.run(closeEarlyAct, id, {{{"reason", "Alle har svaret"}}}).ok());
    EXPECT_FALSE(submit("Lukket").ok());
    const auto plan = acting.plan(extendAct, id, moveTo("2026-12-10"));
    EXPECT_THAT(plan->leftOut, IsEmpty());
    ASSERT_TRUE(extend("2026-12-10").ok());
    EXPECT_EQ(world.find(id).endedReason, "");
    EXPECT_TRUE(submit("Åben").ok());
    const auto told = lettersOf(LetterKind::deadlineChanged);
    EXPECT_THAT(flat(told.at(0).text), HasSubstr("Jeres frist er som før søndag den 20. december 2026"));
    EXPECT_THAT(flat(told.at(1).text), HasSubstr("Den nye frist er torsdag den 10. december 2026"));
    EXPECT_THAT(reminders(), Contains("LokalMED 2026-12-07T09:00:00 planned")) << "dropped by the closing";
}

TEST_F(ExtendDeadline, AnOwnLaterDeadlineIsKeptUntilTheCommonOneOvertakesIt) {
    const auto own = testing::with(moveTo("2026-12-15"), "party", world.parties(id).at(0).id);
    ASSERT_TRUE(acting.run(extendPartyAct, id, own).ok());
    const auto plan = acting.plan(extendAct, id, moveTo("2026-12-08"));
    ASSERT_EQ(plan->leftOut.size(), 1u);
    EXPECT_EQ(plan->leftOut[0].partyName, "LokalMED");
    EXPECT_EQ(plan->leftOut[0].reason, "left_out.own_later");
    ASSERT_TRUE(extend("2026-12-08").ok());
    EXPECT_EQ(lettersOf(LetterKind::deadlineChanged).size(), 1u);
    EXPECT_EQ(deadlineFor(world.find(id), world.parties(id).at(0)).stored(), "2026-12-15");
    ASSERT_TRUE(extend("2026-12-22").ok());
    const auto told = lettersOf(LetterKind::deadlineChanged);
    ASSERT_EQ(told.size(), 3u);
    EXPECT_THAT(flat(told[1].text), HasSubstr("Før var den tirsdag den 15. december 2026"));
    EXPECT_EQ(deadlineFor(world.find(id), world.parties(id).at(0)).stored(), "2026-12-22");
    EXPECT_EQ(changes().size(), 3u);
}

TEST_F(ExtendDeadline, PlansTheRemindersAnewAndNoneTwice) {
    EXPECT_THAT(reminders(),
                UnorderedElementsAre("LokalMED 2026-11-17T09:00:00 planned", "LokalMED 2026-11-26T09:00:00 planned",
                                     "LokalMED 2026-12-01T08:00:00 planned"));
    world.at("2026-11-17 09:00:00");
    world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); });
    ASSERT_TRUE(extend("2026-12-15").ok());
    const std::vector<std::string> expected{
        "LokalMED 2026-11-17T09:00:00 queued", "LokalMED 2026-12-01T09:00:00 planned",
        "LokalMED 2026-12-10T09:00:00 planned", "LokalMED 2026-12-15T08:00:00 planned"};
    EXPECT_THAT(reminders(), ::testing::UnorderedElementsAreArray(expected));
    // On the old deadline's last morning nothing is due but what the new one says.
    world.at("2026-12-01 09:00:00");
    int sent = 0;
    while (world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }) ==
           ReminderOutcome::queued)
        ++sent;
    EXPECT_EQ(sent, 1);
    EXPECT_THAT(flat(lettersOf(LetterKind::reminder).back().text), HasSubstr("15. december 2026"));
}

TEST_F(ExtendDeadline, TwoOfficersAtOnceTheSecondLooksAgain) {
    const auto mine = acting.plan(extendAct, id, moveTo("2026-12-15")),
               theirs = acting.plan(extendAct, id, moveTo("2026-12-20"));
    ASSERT_TRUE(acting.confirm(extendAct, id, moveTo("2026-12-15"), mine->fingerprint).ok());
    const auto second = acting.confirm(extendAct, id, moveTo("2026-12-20"), theirs->fingerprint);
    EXPECT_EQ(second.error().key, "error.act.changed");
    EXPECT_EQ(world.find(id).text.deadline->stored(), "2026-12-15");
    EXPECT_EQ(changes().size(), 1u);
    ASSERT_TRUE(extend("2026-12-20").ok()); // having looked again
}

TEST_F(ExtendDeadline, ADoubleClickIsOneMove) {
    const auto plan = acting.plan(extendAct, id, moveTo("2026-12-15"));
    const std::string key = newKey();
    const auto first = acting.confirm(extendAct, id, moveTo("2026-12-15"), plan->fingerprint, key),
               second = acting.confirm(extendAct, id, moveTo("2026-12-15"), plan->fingerprint, key);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->mailing, second->mailing);
    EXPECT_EQ(changes().size(), 1u);
    EXPECT_EQ(lettersOf(LetterKind::deadlineChanged).size(), 2u);
    EXPECT_EQ(world.find(id).sequence, 1);
}

TEST_F(ExtendDeadline, AboveTheLimitItWaitsForASecondPerson) {
    world.office.releaseAbove = 1;
    const auto asked = extend("2026-12-15");
    ASSERT_TRUE(asked.ok());
    EXPECT_NE(asked->release, 0);
    EXPECT_EQ(world.find(id).text.deadline->stored(), "2026-12-01");
    EXPECT_THAT(lettersOf(LetterKind::deadlineChanged), IsEmpty());
    EXPECT_EQ(world.acts().back(), "release.asked");
    const auto release = [&](const User& user) {
        return world.database.write([&](sqlite::Tx& tx) { return releaseAct(tx, world.office, user, asked->release); });
    };
    EXPECT_EQ(release(acting.karen).error().key, "error.release.own");
    const User bo = Acting::user(world, "bo@hoering.example", "Bo");
    ASSERT_TRUE(release(bo).ok());
    EXPECT_EQ(world.find(id).text.deadline->stored(), "2026-12-15");
    EXPECT_EQ(lettersOf(LetterKind::deadlineChanged).size(), 2u);
}

TEST_F(ExtendDeadline, IsNotForDraftsNorForWhatHasEnded) {
    const auto draft = world.consultation().openUntil("2026-12-01").with("Rådet").draft();
    EXPECT_EQ(acting.plan(extendAct, draft, moveTo("2026-12-15")).error().key, "error.act.not_extendable");
    ASSERT_TRUE(acting.run(*findAct("cancel"), id, {{{"reason", "Bortfaldet"}}}).ok());
    EXPECT_EQ(acting.plan(extendAct, id, moveTo("2026-12-15")).error().key, "error.act.not_extendable");
    EXPECT_EQ(acting.plan(extendAct, 999, moveTo("2026-12-15")).error().kind, ErrorKind::notFound);
}

TEST_F(ExtendDeadline, AnswersTheRequestsItFulfils) {
    const auto other = world.visit(id, 1), visit = world.visit(id);
    world.database.write([&](sqlite::Tx& tx) {
        EXPECT_TRUE(askExtension(tx, world.office, visit, {"2026-12-08", "Ferie", newKey(), tx.now().instant}).ok());
        EXPECT_TRUE(askExtension(tx, world.office, other, {"2026-12-24", "Travlt", newKey(), tx.now().instant}).ok());
    });
    ASSERT_TRUE(extend("2026-12-10").ok());
    const auto requests =
        world.database.read([&](sqlite::ReadTx& tx) { return sqlite::extensionRequestsOf(tx, id); }); // newest first
    EXPECT_EQ(requests.at(1).state, RequestState::granted);
    EXPECT_EQ(requests.at(1).granted->stored(), "2026-12-10");
    EXPECT_EQ(requests.at(0).state, RequestState::asked);
    EXPECT_EQ(world.acts().back(), "extension.granted");
}

} // namespace
} // namespace hoering
