// The frame every act runs in, tried with the two plainest: cancelling and closing early.
#include "usecases/acts.h"

#include <gmock/gmock.h>

#include "sqlite/consultations.h"
#include "sqlite/links.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "usecases/act_world.h"
#include "usecases/cancel_consultation.h"
#include "usecases/close_early.h"
#include "usecases/resend_link.h"

namespace hoering {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Acts : ::testing::Test {
    testing::ActWorld world;
    std::int64_t consultation = world.usualConsultation();
    testing::ActWorld::Fields why{{"reason", "Sagen er trukket tilbage."}};

    ConsultationState state() { return world.find(consultation).state; }
    Result<Response> submit(std::size_t party, const std::string& text, Instant received) {
        return world.submit(consultation, party, text, received);
    }
};

TEST_F(Acts, WordsThatMayHoldACprNumberOrAPlaceholderWaitForADecision) {
    testing::ActWorld::Fields doubtful{{"reason", "XX har skrevet. Borgeren er 020290-4321."}};
    const auto plan = world.preview(cancelAct, consultation, doubtful);
    ASSERT_TRUE(plan.ok());
    EXPECT_FALSE(anyStops(plan->findings));
    ASSERT_TRUE(anyUndecided(plan->findings));
    EXPECT_EQ(plan->findings.size(), 2u);
    const auto act = [&](const testing::ActWorld::Fields& typed) {
        const auto shown = world.preview(cancelAct, consultation, typed);
        return world.confirm(cancelAct, consultation, typed, shown->fingerprint);
    };
    EXPECT_EQ(act(doubtful).error().key, "error.act.undecided");
    EXPECT_EQ(state(), ConsultationState::open);
    doubtful.emplace_back("seen", "1");
    EXPECT_TRUE(act(doubtful).ok());
    EXPECT_EQ(state(), ConsultationState::cancelled);
}

TEST_F(Acts, APreviewChangesNothing) {
    const auto before = world.database.counters().jobs;
    const auto plan = world.preview(cancelAct, consultation, why);
    ASSERT_TRUE(plan.ok());
    EXPECT_EQ(plan->letters.size(), 3u);
    EXPECT_THAT(plan->letters[0].letter.text, HasSubstr("Sagen er trukket tilbage."));
    EXPECT_EQ(world.database.counters().jobs, before);
    EXPECT_EQ(state(), ConsultationState::open);
}

TEST_F(Acts, StateJournalLettersAndMailingAreOneTransaction) {
    const auto plan = world.preview(cancelAct, consultation, why);
    const auto commits = world.database.counters().commits;
    const auto done = world.confirm(cancelAct, consultation, why, plan->fingerprint);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(world.database.counters().commits, commits + 1);
    const auto now = world.find(consultation);
    EXPECT_EQ(now.state, ConsultationState::cancelled);
    EXPECT_EQ(now.endedReason, "Sagen er trukket tilbage.");
    EXPECT_EQ(now.endedAt, world.now().instant);
    EXPECT_EQ(now.sequence, 1); // the calendar entry that takes the deadline away
    const auto entry = world.entry("consultation.cancelled");
    EXPECT_EQ(entry.event.actor.name, "Karen Kontor");
    EXPECT_EQ(world.detail(entry, "reason"), "Sagen er trukket tilbage.");
    EXPECT_EQ(world.detail(entry, "letters"), "3");
    const auto letters = world.lettersOf(LetterKind::cancelled);
    ASSERT_EQ(letters.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(letters[i].mailing, done->mailing);
        EXPECT_EQ(letters[i].consultation, consultation);
        EXPECT_EQ(letters[i].state, LetterState::queued);
        EXPECT_EQ(letters[i].text, plan->letters[i].letter.text); // as it was shown
        EXPECT_EQ(letters[i].toMail, plan->letters[i].letter.toMail);
    }
    const auto mailings = world.mailings(consultation);
    ASSERT_EQ(mailings.size(), 2u);
    EXPECT_EQ(mailings[0].act, "cancel");
    EXPECT_EQ(mailings[0].letters, 3);
    EXPECT_EQ(mailings[0].user, world.karen.id);
    EXPECT_FALSE(mailings[0].releasedBy);
    EXPECT_EQ(mailings[0].fingerprint, plan->fingerprint);
}

TEST_F(Acts, EachLetterHasItsOwnPartysNameAndNoOthers) {
    ASSERT_TRUE(world.play(closeEarlyAct, consultation, why).ok());
    const std::vector<std::string> names{"LokalMED", "Rådet", "Politiet"};
    const auto letters = world.lettersOf(LetterKind::closed);
    ASSERT_EQ(letters.size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t j = 0; j < names.size(); ++j)
            EXPECT_EQ(letters[i].text.find(names[j]) != std::string::npos, i == j) << names[i] << " " << names[j];
}

TEST_F(Acts, CarryTheLinkTheContactHas) {
    const auto links = world.count("links");
    ASSERT_TRUE(world.play(closeEarlyAct, consultation, why).ok());
    for (const auto& letter : world.lettersOf(LetterKind::closed)) EXPECT_TRUE(letter.link);
    EXPECT_EQ(world.count("links"), links);
}

TEST_F(Acts, TheSameFormTwiceIsOneAct) {
    const auto plan = world.preview(cancelAct, consultation, why);
    const auto key = newKey();
    const auto first = world.confirm(cancelAct, consultation, why, plan->fingerprint, key);
    const auto second = world.confirm(cancelAct, consultation, why, plan->fingerprint, key);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->mailing, second->mailing);
    EXPECT_EQ(world.lettersOf(LetterKind::cancelled).size(), 3u);
    EXPECT_EQ(world.count("mailings"), 2);
    const auto other = world.confirm(cancelAct, consultation, why, plan->fingerprint);
    EXPECT_EQ(other.error().kind, ErrorKind::closed); // another form of the same act finds it done
}

TEST_F(Acts, AFormWithoutAProperKeyDoesNothing) {
    const auto plan = world.preview(cancelAct, consultation, why);
    EXPECT_EQ(world.confirm(cancelAct, consultation, why, plan->fingerprint, "").error().key, "error.form.key");
    EXPECT_EQ(state(), ConsultationState::open);
}

struct Change {
    const char* what;
    const char* sql;
};
struct ActsAfterAChange : Acts, ::testing::WithParamInterface<Change> {};

TEST_P(ActsAfterAChange, AreNotDoneAsShown) {
    const auto plan = world.preview(closeEarlyAct, consultation, why);
    const std::string sql = GetParam().sql;
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql(sql).run();
        tx.housekeeping("a colleague was quicker");
    });
    const auto acts = world.acts();
    const auto refused = world.confirm(closeEarlyAct, consultation, why, plan->fingerprint);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_EQ(refused.error().key, "error.act.changed");
    EXPECT_EQ(state(), ConsultationState::open);
    EXPECT_EQ(world.acts(), acts);
    EXPECT_EQ(world.count("mailings"), 1); // that of the publication
    EXPECT_THAT(world.lettersOf(LetterKind::closed), IsEmpty());
    EXPECT_TRUE(world.play(closeEarlyAct, consultation, why).ok()); // looked at again, it goes through
}

INSTANTIATE_TEST_SUITE_P(
    Each, ActsAfterAChange,
    ::testing::Values(Change{"address", "UPDATE contacts SET mail = 'ny@part1.example' WHERE id = 1"},
                      Change{"contact", "UPDATE contacts SET name = 'En anden' WHERE id = 2"},
                      Change{"party", "UPDATE parties SET name = 'LokalMED og andre' WHERE id = 1"},
                      Change{"language", "UPDATE parties SET language = 'en' WHERE id = 1"},
                      Change{"one_contact_less", "UPDATE contacts SET removed_at = 1 WHERE id = 3"},
                      Change{"one_contact_more",
                             "INSERT INTO contacts(party_id, name, mail) VALUES (1, '', 'b@c.example')"},
                      Change{"title", "UPDATE consultations SET title = 'Ny titel'"},
                      Change{"deadline", "UPDATE consultations SET deadline_local = '2026-12-08'"},
                      Change{"version", "UPDATE consultations SET version = version + 1"},
                      Change{"link_revoked", "UPDATE links SET revoked_at = 1 WHERE contact_id = 2"}),
    [](const auto& one) { return std::string(one.param.what); });

TEST_F(Acts, AReasonIsNeededOnceTheConsultationIsOut) {
    for (const Act* act : {&cancelAct, &closeEarlyAct}) {
        const auto refused = world.preview(*act, consultation, {{"reason", " \n"}});
        ASSERT_FALSE(refused.ok()) << act->name;
        EXPECT_EQ(refused.error().fields.at(0).key, "error.reason.missing");
    }
    EXPECT_EQ(world.preview(cancelAct, consultation, {{"reason", "br\xC3"}}).error().fields.at(0).key,
              "error.text.encoding");
}

TEST_F(Acts, KeepTheReasonCleanWhereverItStands) {
    ASSERT_TRUE(world.play(closeEarlyAct, consultation, {{"reason", "Første linje\r\nAnden\x07 linje"}}).ok());
    EXPECT_EQ(world.find(consultation).endedReason, "Første linje\nAnden linje");
    EXPECT_EQ(world.detail(world.entry("consultation.closed_early"), "reason"), "Første linje\nAnden linje");
}

TEST_F(Acts, CancellingADraftWritesToNobody) {
    const auto draft = world.consultation().titled("Kladden").openUntil("2026-12-01").with("Skolen").draft();
    const auto letters = world.letters().size();
    const auto plan = world.preview(cancelAct, draft, {});
    ASSERT_TRUE(plan.ok());
    EXPECT_TRUE(plan->letters.empty());
    ASSERT_EQ(plan->leftOut.size(), 1u);
    EXPECT_EQ(plan->leftOut[0].reason, "left_out.not_invited");
    ASSERT_TRUE(world.confirm(cancelAct, draft, {}, plan->fingerprint).ok());
    EXPECT_EQ(world.find(draft).state, ConsultationState::cancelled);
    EXPECT_EQ(world.letters().size(), letters);
    EXPECT_EQ(world.acts().back(), "consultation.cancelled");
    EXPECT_EQ(world.preview(closeEarlyAct, draft, why).error().key, "error.act.not_open");
}

TEST_F(Acts, PlannedRemindersAreGone) {
    for (const Act* act : {&cancelAct, &closeEarlyAct}) {
        const auto id = world.consultation().titled("Endnu en").openUntil("2026-12-01").with("Skolen").publish();
        const auto planned = [&] {
            return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, id).size(); });
        };
        ASSERT_EQ(planned(), 3u);
        ASSERT_TRUE(world.play(*act, id, why).ok());
        EXPECT_EQ(planned(), 0u) << act->name;
    }
}

TEST_F(Acts, NothingMoreIsTakenOnceItIsCancelled) {
    ASSERT_TRUE(submit(0, "Nået.", world.now().instant).ok());
    ASSERT_TRUE(world.play(cancelAct, consultation, why).ok());
    EXPECT_EQ(submit(1, "For sent.", world.now().instant).error().key, "error.consultation.stopped");
    EXPECT_EQ(world.count("responses"), 1); // what came stays
    EXPECT_EQ(world.preview(cancelAct, consultation, why).error().kind, ErrorKind::closed);
}

TEST_F(Acts, ClosingEarlyStopsAlsoThoseWithALaterDeadlineOfTheirOwn) {
    const auto later = world.parties(consultation).at(1).id;
    world.giveOwnDeadline(later, "2026-12-15");
    world.at("2026-11-20 12:00:00");
    ASSERT_TRUE(world.play(closeEarlyAct, consultation, why).ok());
    const auto closed = world.find(consultation);
    EXPECT_EQ(closed.state, ConsultationState::closed);
    EXPECT_TRUE(closedEarly(closed));
    const auto closedAt = world.now().instant;
    world.at("2026-11-20 12:00:05");
    for (const std::size_t party : {0u, 1u}) {
        EXPECT_EQ(submit(party, "Efter lukningen.", world.now().instant).error().key,
                  "error.consultation.closed_early");
        // It was received before: stored a little later, it counts all the same.
        const auto response = submit(party, "Før lukningen.", closedAt - std::chrono::milliseconds{1});
        ASSERT_TRUE(response.ok());
        EXPECT_FALSE(response->late);
    }
    EXPECT_EQ(world.count("responses"), 2);
}

TEST_F(Acts, AContactWhoseLinkWasTakenBackGetsNoLetterAndNoNewLink) {
    const auto contact = world.parties(consultation).at(0).contacts.at(0).id;
    ASSERT_TRUE(
        world.play(revokeLinkAct, consultation, {{"contact", std::to_string(contact)}, {"reason", "Forkert adresse"}})
            .ok());
    const auto links = world.count("links");
    const auto plan = world.preview(closeEarlyAct, consultation, why);
    EXPECT_EQ(plan->letters.size(), 2u);
    ASSERT_EQ(plan->leftOut.size(), 1u);
    EXPECT_EQ(plan->leftOut[0].reason, "left_out.revoked");
    ASSERT_TRUE(world.confirm(closeEarlyAct, consultation, why, plan->fingerprint).ok());
    EXPECT_EQ(world.lettersOf(LetterKind::closed).size(), 2u);
    EXPECT_EQ(world.count("links"), links);
}

TEST_F(Acts, UnknownConsultationsAreNotFound) {
    EXPECT_EQ(world.preview(cancelAct, 999, why).error().kind, ErrorKind::notFound);
    EXPECT_EQ(findAct("nothing"), nullptr);
    for (const Act* act : allActs()) EXPECT_EQ(findAct(act->name), act);
}

/// Above two letters a second person must release them.
struct Release : Acts {
    Release() { world.office.releaseAbove = 2; }
    std::int64_t asked() {
        const auto done = world.play(cancelAct, consultation, why);
        EXPECT_TRUE(done.ok() && done->mailing == 0);
        return done->release;
    }
    sqlite::Release find(std::int64_t id) {
        return world.database.read([&](sqlite::ReadTx& tx) { return *sqlite::findRelease(tx, id); });
    }
};

TEST_F(Release, ManyLettersWaitAndNothingIsDone) {
    const auto id = asked();
    EXPECT_EQ(state(), ConsultationState::open);
    EXPECT_THAT(world.lettersOf(LetterKind::cancelled), IsEmpty());
    EXPECT_EQ(world.count("mailings"), 1);
    EXPECT_EQ(world.acts().back(), "release.asked");
    EXPECT_EQ(world.detail(world.entry("release.asked"), "letters"), "3");
    const auto waiting = world.database.read([](sqlite::ReadTx& tx) { return sqlite::waitingReleases(tx); });
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting[0].id, id);
    EXPECT_EQ(waiting[0].askedBy, world.karen.id);
}

TEST_F(Release, AsManyAsTheLimitGoAtOnce) {
    world.office.releaseAbove = 3;
    const auto done = world.play(cancelAct, consultation, why);
    EXPECT_NE(done->mailing, 0);
    EXPECT_EQ(state(), ConsultationState::cancelled);
}

TEST_F(Release, TheSameFormTwiceWaitsOnce) {
    const auto plan = world.preview(cancelAct, consultation, why);
    const auto key = newKey();
    const auto first = world.confirm(cancelAct, consultation, why, plan->fingerprint, key);
    const auto second = world.confirm(cancelAct, consultation, why, plan->fingerprint, key);
    EXPECT_EQ(first->release, second->release);
    EXPECT_EQ(world.count("releases"), 1);
}

TEST_F(Release, NobodyReleasesTheirOwn) {
    const auto id = asked();
    const auto refused = world.release(id, world.karen);
    EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
    EXPECT_EQ(refused.error().key, "error.release.own");
    EXPECT_EQ(find(id).state, "waiting");
    EXPECT_EQ(state(), ConsultationState::open);
}

TEST_F(Release, ASecondPersonLetsItGoOnceAndBothAreNamed) {
    const auto id = asked();
    world.at("2026-11-03 10:00:00"); // the letters do not tell the time, so a night in between does no harm
    const auto done = world.release(id, world.bo);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(state(), ConsultationState::cancelled);
    EXPECT_EQ(world.lettersOf(LetterKind::cancelled).size(), 3u);
    const auto mailings = world.mailings(consultation);
    ASSERT_EQ(mailings.size(), 2u);
    EXPECT_EQ(mailings[0].user, world.karen.id);
    EXPECT_EQ(mailings[0].releasedBy, world.bo.id);
    EXPECT_EQ(world.entry("release.given").event.actor.name, "Bo Berg");
    EXPECT_EQ(world.entry("consultation.cancelled").event.actor.name, "Karen Kontor");
    EXPECT_EQ(find(id).decidedBy, world.bo.id);

    const auto again = world.release(id, world.bo);
    EXPECT_EQ(again.error().key, "error.release.decided");
    EXPECT_EQ(world.lettersOf(LetterKind::cancelled).size(), 3u);
}

TEST_F(Release, DroppedItIsNeverDone) {
    const auto id = asked();
    const auto drop = [&] {
        return world.database.write([&](sqlite::Tx& tx) { return dropRelease(tx, world.karen, id); });
    };
    ASSERT_TRUE(drop().ok()); // also one's own
    EXPECT_EQ(world.acts().back(), "release.dropped");
    EXPECT_EQ(drop().error().key, "error.release.decided");
    EXPECT_EQ(world.release(id, world.bo).error().key, "error.release.decided");
    EXPECT_EQ(state(), ConsultationState::open);
    EXPECT_EQ(world.release(999, world.bo).error().kind, ErrorKind::notFound);
}

TEST_F(Release, ChangedMeanwhileItIsRefusedAndNothingIsDone) {
    const auto id = asked();
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE contacts SET mail = 'ny@part1.example' WHERE id = 1").run();
        tx.housekeeping("the address was corrected");
    });
    const auto acts = world.acts();
    const auto refused = world.release(id, world.bo);
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_EQ(refused.error().key, "error.act.changed");
    // Taken back whole: the decision too, so that it can still be dropped and asked for anew.
    EXPECT_EQ(find(id).state, "waiting");
    EXPECT_FALSE(find(id).decidedBy);
    EXPECT_EQ(world.acts(), acts);
    EXPECT_EQ(state(), ConsultationState::open);
    EXPECT_EQ(world.count("mailings"), 1);
    EXPECT_THAT(world.lettersOf(LetterKind::cancelled), IsEmpty());
}

TEST_F(Release, WhatIsNoLongerAllowedIsRefusedAndNothingIsDone) {
    const auto id = asked();
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::changeState(tx, consultation, ConsultationState::open, ConsultationState::closed);
        tx.housekeeping("the deadline passed meanwhile");
    });
    EXPECT_EQ(world.release(id, world.bo).error().key, "error.act.not_open");
    EXPECT_EQ(find(id).state, "waiting");
    EXPECT_THAT(world.lettersOf(LetterKind::cancelled), IsEmpty());
}

TEST(ActInput, SurvivesItsWayThroughTheDatabase) {
    const ActInput input{{{"reason", "»Æ«\n{\"x\"}"}, {"file", "1"}, {"file", "2"}, {"", ""}}};
    const auto back = ActInput::fromJson(input.toJson());
    EXPECT_EQ(back.fields, input.fields);
    EXPECT_THAT(back.all("file"), ElementsAre("1", "2"));
    EXPECT_EQ(back.get("nothing"), "");
}

} // namespace
} // namespace hoering
