#include <gmock/gmock.h>

#include "domain/access.h"
#include "sqlite/extensions.h"
#include "sqlite/reminders.h"
#include "support/acting.h"
#include "usecases/answer_extension.h"
#include "usecases/ask_extension.h"
#include "usecases/close_consultation.h"
#include "usecases/close_early.h"
#include "usecases/compile_digest.h"
#include "usecases/extend_party.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

using testing::Acting;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::flat;
using ::testing::HasSubstr;
using testing::moveTo;
using ::testing::Not;

struct ExtendParty : ::testing::Test {
    testing::World world;
    Acting acting{world};
    std::int64_t id = world.usualConsultation();

    std::int64_t party(std::size_t n = 0) { return world.parties(id).at(n).id; }
    ActInput forParty(const std::string& date, std::size_t n = 0) {
        return testing::with(moveTo(date), "party", party(n));
    }
    ExtensionRequest ask(const std::string& date = "2026-12-10", std::size_t n = 0) {
        const auto visit = world.visit(id, n);
        return world.database
            .write([&](sqlite::Tx& tx) {
                return askExtension(tx, world.office, visit,
                                    {date, "Vi mødes først den 9.", newKey(), tx.now().instant});
            })
            .value();
    }
    ExtensionRequest stored(std::int64_t request) {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findExtensionRequest(tx, request); })
            .value();
    }
    Answering may(std::size_t n) { return mayAnswer(world.find(id), world.parties(id).at(n), world.now().instant); }
    void close() {
        world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    }
};

TEST_F(ExtendParty, MovesOnlyItsDeadlineAndTellsOnlyIt) {
    const auto before = world.letters().size();
    ASSERT_TRUE(acting.run(extendPartyAct, id, forParty("2026-12-10")).ok());
    EXPECT_EQ(world.find(id).text.deadline->stored(), "2026-12-01");
    EXPECT_EQ(world.find(id).sequence, 0);
    EXPECT_EQ(world.parties(id).at(0).ownDeadline->stored(), "2026-12-10");
    EXPECT_EQ(world.parties(id).at(0).sequence, 1);
    EXPECT_FALSE(world.parties(id).at(1).ownDeadline);
    const auto letters = world.letters();
    ASSERT_EQ(letters.size(), before + 1);
    EXPECT_EQ(letters.back().kind, LetterKind::ownDeadlineChanged);
    EXPECT_EQ(letters.back().toMail, "kontakt@part1.example");
    EXPECT_THAT(flat(letters.back().text), HasSubstr("Jeres frist er nu torsdag den 10. december 2026"));
    EXPECT_EQ(world.acts().back(), "party.deadline_extended");
    const auto changes = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::deadlineChangesOf(tx, id); });
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].partyName, "LokalMED");
}

TEST_F(ExtendParty, IsMeasuredAgainstItsOwnDeadline) {
    ASSERT_TRUE(acting.run(extendPartyAct, id, forParty("2026-12-10")).ok());
    EXPECT_THAT(Acting::wrong(acting.plan(extendPartyAct, id, forParty("2026-12-09")).error()),
                ElementsAre("deadline_date error.deadline.not_later"));
    EXPECT_TRUE(acting.plan(extendPartyAct, id, forParty("2026-12-09", 1)).ok());
    EXPECT_THAT(Acting::wrong(acting.plan(extendPartyAct, id, moveTo("2026-12-10")).error()),
                ElementsAre("party error.party.choose"));
}

TEST_F(ExtendParty, AlsoOnceTheConsultationHasClosedByItself) {
    world.at("2026-12-02 08:00:00");
    close();
    EXPECT_EQ(may(0), Answering::over);
    ASSERT_TRUE(acting.run(extendPartyAct, id, forParty("2026-12-04")).ok());
    EXPECT_EQ(world.find(id).state, ConsultationState::closed);
    EXPECT_EQ(may(0), Answering::inTime);
    EXPECT_EQ(may(1), Answering::over);
    world.at("2026-12-04 23:59:59");
    EXPECT_EQ(may(0), Answering::inTime);
    world.at("2026-12-05 00:00:00");
    EXPECT_EQ(may(0), Answering::over);
}

TEST_F(ExtendParty, OneClosedEarlyIsExtendedForAllOrNotAtAll) {
    ask();
    ASSERT_TRUE(acting.run(closeEarlyAct, id, {{{"reason", "Alle har svaret"}}}).ok());
    EXPECT_EQ(acting.plan(extendPartyAct, id, forParty("2026-12-10")).error().key, "error.act.closed_early");
}

TEST_F(ExtendParty, PlansItsRemindersAndNobodyElses) {
    ASSERT_TRUE(acting.run(extendPartyAct, id, forParty("2026-12-15")).ok());
    ASSERT_TRUE(acting.run(extendPartyAct, id, forParty("2026-12-15", 2)).ok()); // informed: none
    std::vector<std::string> found;
    for (const auto& each : world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, id); }))
        found.push_back(each.partyName + " " + each.dueLocal.substr(0, 10));
    EXPECT_THAT(found,
                ::testing::UnorderedElementsAre("LokalMED 2026-12-01", "LokalMED 2026-12-10", "LokalMED 2026-12-15",
                                                "Rådet 2026-11-17", "Rådet 2026-11-26", "Rådet 2026-12-01"));
}

TEST_F(ExtendParty, OfAnotherConsultationIsNotThere) {
    const auto other = world.consultation().openUntil("2026-12-01").with("En anden").publish();
    const auto foreign = testing::with(moveTo("2026-12-10"), "party", world.parties(other).at(0).id);
    EXPECT_EQ(acting.plan(extendPartyAct, id, foreign).error().kind, ErrorKind::notFound);
    const auto request = ask();
    for (const auto* act : {&grantExtensionAct, &refuseExtensionAct})
        EXPECT_EQ(acting.plan(*act, other, testing::with(moveTo("2026-12-10"), "request", request.id)).error().kind,
                  ErrorKind::notFound);
    EXPECT_EQ(stored(request.id).state, RequestState::asked);
}

TEST_F(ExtendParty, TwoOfficersAtOnceTheSecondLooksAgain) {
    const auto one = acting.plan(extendPartyAct, id, forParty("2026-12-10")),
               two = acting.plan(extendPartyAct, id, forParty("2026-12-12"));
    ASSERT_TRUE(acting.confirm(extendPartyAct, id, forParty("2026-12-10"), one->fingerprint).ok());
    EXPECT_EQ(acting.confirm(extendPartyAct, id, forParty("2026-12-12"), two->fingerprint).error().key,
              "error.act.changed");
}

TEST_F(ExtendParty, GrantedIsAnOwnDeadlineAndTheAnswer) {
    const auto request = ask();
    const auto input = testing::with(moveTo("2026-12-09", "I får til den 9."), "request", request.id);
    ASSERT_TRUE(acting.run(grantExtensionAct, id, input).ok());
    EXPECT_EQ(world.parties(id).at(0).ownDeadline->stored(), "2026-12-09");
    const auto answered = stored(request.id);
    EXPECT_EQ(answered.state, RequestState::granted);
    EXPECT_EQ(answered.granted->stored(), "2026-12-09");
    EXPECT_EQ(answered.answer, "I får til den 9.");
    EXPECT_EQ(world.letters().back().kind, LetterKind::extensionGranted);
    EXPECT_THAT(flat(world.letters().back().text), HasSubstr("Ønsket frist: torsdag den 10. december 2026"));
    EXPECT_EQ(world.acts().back(), "extension.granted");
    EXPECT_EQ(acting.plan(grantExtensionAct, id, input).error().key, "error.extension.decided");
    EXPECT_EQ(acting.plan(refuseExtensionAct, id, input).error().key, "error.extension.decided");
}

TEST_F(ExtendParty, AnExtensionGivenWhileTheyWaitAnswersTheirRequest) {
    const auto request = ask();
    const auto plan = acting.plan(extendPartyAct, id, forParty("2026-12-08"));
    EXPECT_THAT(Acting::keysOf(plan->effects), Contains("plan.extend_party.answers"));
    ASSERT_TRUE(acting.run(extendPartyAct, id, forParty("2026-12-08")).ok());
    EXPECT_EQ(stored(request.id).state, RequestState::granted);
    EXPECT_EQ(world.letters().back().kind, LetterKind::extensionGranted);
}

TEST_F(ExtendParty, RefusedNeedsAReasonAndMovesNothing) {
    const auto request = ask();
    const auto without = testing::with({}, "request", request.id);
    EXPECT_THAT(Acting::wrong(acting.plan(refuseExtensionAct, id, without).error()),
                ElementsAre("reason error.reason.missing"));
    const auto input = testing::with({{{"reason", "Udvalget mødes den 3."}}}, "request", request.id);
    ASSERT_TRUE(acting.run(refuseExtensionAct, id, input).ok());
    EXPECT_EQ(stored(request.id).state, RequestState::refused);
    EXPECT_FALSE(world.parties(id).at(0).ownDeadline);
    EXPECT_EQ(world.letters().back().kind, LetterKind::extensionRefused);
    EXPECT_THAT(flat(world.letters().back().text), HasSubstr("Udvalget mødes den 3."));
    EXPECT_THAT(flat(world.letters().back().text), HasSubstr("Fristen er fortsat tirsdag den 1. december 2026"));
    EXPECT_EQ(world.acts().back(), "extension.refused");
}

TEST_F(ExtendParty, ARefusalSeenBeforeTheDeadlineIsLookedAtAgainAfterIt) {
    const auto request = ask();
    const auto input = testing::with({{{"reason", "Udvalget mødes den 3."}}}, "request", request.id);
    world.at("2026-12-01 23:59:59");
    const auto shown = acting.plan(refuseExtensionAct, id, input);
    world.at("2026-12-02 00:00:00");
    EXPECT_EQ(acting.confirm(refuseExtensionAct, id, input, shown->fingerprint).error().key, "error.act.changed");
    EXPECT_THAT(flat(acting.plan(refuseExtensionAct, id, input)->letters.at(0).letter.text),
                HasSubstr("og er passeret"));
}

TEST_F(ExtendParty, TheDigestTellsOfEveryMoveAndIsAsOfTheLast) {
    const auto digest = [&] {
        return world.database.read([&](sqlite::ReadTx& tx) { return compileDigest(tx, id, world.now()); }).value();
    };
    world.at("2026-11-05 10:00:00");
    ASSERT_TRUE(acting.run(extendPartyAct, id, forParty("2026-12-10")).ok());
    world.at("2026-11-06 10:00:00");
    ASSERT_TRUE(acting.run(*findAct("extend"), id, moveTo("2026-12-03")).ok());
    const auto made = digest();
    ASSERT_EQ(made.changes.size(), 2u);
    EXPECT_EQ(made.changes[0].partyName, "LokalMED");
    EXPECT_FALSE(made.changes[1].party);
    EXPECT_EQ(made.asOf, world.now().instant);
    EXPECT_EQ(made.periodDays, 31);
    world.at("2026-11-07 10:00:00");
    EXPECT_EQ(digest().asOf, made.asOf);
}

} // namespace
} // namespace hoering
