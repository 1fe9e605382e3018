// Answers that came another way, and answers that speak for several.
#include "usecases/register_response.h"

#include <gmock/gmock.h>

#include "sqlite/files.h"
#include "sqlite/parties.h"
#include "sqlite/reminders.h"
#include "sqlite/responses.h"
#include "usecases/act_files.h"
#include "usecases/act_world.h"
#include "usecases/close_consultation.h"
#include "usecases/close_early.h"
#include "usecases/compile_digest.h"
#include "usecases/join_answer.h"
#include "usecases/send_reminder.h"

namespace hoering {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct OtherAnswers : ::testing::Test {
    testing::ActWorld world;
    std::int64_t consultation = world.usualConsultation();

    std::string idOf(std::size_t party) { return std::to_string(world.parties(consultation).at(party).id); }
    Party party(std::size_t n) { return world.parties(consultation).at(n); }
    std::vector<Response> versions(std::size_t n) {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::versionsOfParty(tx, party(n).id); });
    }
    Digest digest() {
        return *world.database.read([&](sqlite::ReadTx& tx) { return compileDigest(tx, consultation, world.now()); });
    }
    Result<Response> submit(std::size_t n) { return world.submit(consultation, n); }
    void close() {
        world.at("2026-12-02 00:00:01");
        world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    }
    std::vector<std::string> reminderReasons() {
        std::vector<std::string> reasons;
        while (world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }) !=
               ReminderOutcome::nothingDue) {
        }
        for (const auto& each :
             world.database.read([&](sqlite::ReadTx& tx) { return sqlite::remindersOf(tx, consultation); }))
            if (each.party == party(1).id) reasons.push_back(each.reason);
        return reasons;
    }
};

struct RegisterResponse : OtherAnswers {
    testing::ActWorld::Fields form(std::string party, std::string day, std::string time) {
        return {{"party", std::move(party)},
                {"channel", "letter"},
                {"kind", "remarks"},
                {"received_date", std::move(day)},
                {"received_time", std::move(time)},
                {"text", "Vi støtter model 2.\r\nDer er ét forbehold."},
                {"receipt", newReceiptNumber(world.now().instant)}};
    }
    static testing::ActWorld::Fields with(testing::ActWorld::Fields fields, const std::string& name,
                                          const std::string& value) {
        for (auto& [each, old] : fields)
            if (each == name) {
                old = value;
                return fields;
            }
        fields.emplace_back(name, value);
        return fields;
    }
    /// "field: key" of everything that is wrong.
    std::vector<std::string> wrong(const testing::ActWorld::Fields& fields) {
        const auto plan = world.preview(registerAct, consultation, fields);
        std::vector<std::string> all;
        if (!plan)
            for (const auto& each : plan.error().fields) all.push_back(each.field + ": " + each.key);
        return all;
    }
};

TEST_F(RegisterResponse, IsStoredLikeAnyOtherWithWhoWroteItIn) {
    world.at("2026-11-05 14:00:00");
    const auto fields = form(idOf(0), "4.11.2026", "9.15");
    const auto done = world.play(registerAct, consultation, fields);
    ASSERT_TRUE(done.ok());
    ASSERT_EQ(versions(0).size(), 1u);
    const auto response = versions(0)[0];
    EXPECT_EQ(response.text, "Vi støtter model 2.\nDer er ét forbehold.");
    EXPECT_EQ(response.channel, Channel::letter);
    EXPECT_EQ(isoUtc(response.receivedAt), "2026-11-04T08:15:00.000Z");
    EXPECT_EQ(response.registeredAt, world.now().instant);
    EXPECT_EQ(response.registeredBy, "Karen Kontor");
    EXPECT_EQ(response.submittedBy, "");
    EXPECT_FALSE(response.late);
    EXPECT_EQ(response.checksum, responseChecksum(ResponseKind::remarks, response.text, {}));
    const auto entry = world.entry("response.registered"); // what `hoering verify` compares
    EXPECT_EQ(world.detail(entry, "receipt"), response.receipt);
    EXPECT_EQ(world.detail(entry, "checksum"), response.checksum);
    EXPECT_EQ(world.detail(entry, "channel"), "letter");
    EXPECT_EQ(entry.event.party, party(0).id);
    const auto letters = world.lettersOf(LetterKind::registered);
    ASSERT_EQ(letters.size(), 1u);
    EXPECT_EQ(letters[0].toMail, "kontakt@part1.example");
    EXPECT_THAT(letters[0].text, HasSubstr(response.receipt));
    EXPECT_THAT(letters[0].text, HasSubstr(response.checksum));
    EXPECT_THAT(letters[0].text, HasSubstr("brev"));
    EXPECT_THAT(letters[0].text, Not(HasSubstr("model 2"))); // the words stay where they are looked after
    EXPECT_EQ(world.number("SELECT count(*) FROM journal WHERE details LIKE '%forbehold%'"), 0);
    EXPECT_EQ(digest().asOf, world.now().instant);
}

TEST_F(RegisterResponse, CannotBeChangedAfterwards) {
    world.at("2026-11-05 14:00:00");
    ASSERT_TRUE(world.play(registerAct, consultation, form(idOf(0), "2026-11-04", "9.15")).ok());
    EXPECT_ANY_THROW(world.database.write([](sqlite::Tx& tx) {
        tx.housekeeping("tries what must not work");
        tx.sql("UPDATE responses SET registered_by = NULL").run();
    }));
}

TEST_F(RegisterResponse, LateIsWhatCameAfterThePartysOwnDeadline) {
    world.giveOwnDeadline(party(1).id, "2026-12-08");
    close();
    world.at("2026-12-10 09:00:00");
    ASSERT_TRUE(world.play(registerAct, consultation, form(idOf(0), "2026-12-01", "23.59")).ok());
    ASSERT_TRUE(world.play(registerAct, consultation, form(idOf(1), "2026-12-08", "23.59")).ok());
    ASSERT_TRUE(world.play(registerAct, consultation, form(idOf(2), "2026-12-02", "0.00")).ok());
    EXPECT_FALSE(versions(0).back().late);
    EXPECT_FALSE(versions(1).back().late);
    EXPECT_TRUE(versions(2).back().late);
    EXPECT_THAT(world.lettersOf(LetterKind::registered)[2].text, HasSubstr("efter fristen"));
    EXPECT_EQ(digest().figures.late, 1);
}

TEST_F(RegisterResponse, LateIsWhatCameAfterAnEarlyClosing) {
    world.at("2026-11-10 12:00:00");
    ASSERT_TRUE(world.play(closeEarlyAct, consultation, {{"reason", "Nok er hørt"}}).ok());
    world.at("2026-11-12 09:00:00");
    ASSERT_TRUE(world.play(registerAct, consultation, form(idOf(0), "2026-11-10", "11.59")).ok());
    ASSERT_TRUE(world.play(registerAct, consultation, form(idOf(1), "2026-11-10", "12.00")).ok());
    EXPECT_FALSE(versions(0).back().late);
    EXPECT_TRUE(versions(1).back().late);
}

TEST_F(RegisterResponse, ANewVersionIsSaidBeforehand) {
    ASSERT_TRUE(submit(0).ok());
    world.at("2026-11-05 14:00:00");
    const auto fields = form(idOf(0), "2026-11-04", "9.15");
    const auto plan = world.preview(registerAct, consultation, fields);
    ASSERT_EQ(plan->findings.size(), 1u);
    EXPECT_FALSE(plan->findings[0].stops);
    ASSERT_TRUE(world.confirm(registerAct, consultation, fields, plan->fingerprint).ok());
    ASSERT_EQ(versions(0).size(), 2u);
    EXPECT_EQ(versions(0)[1].version, 2);
    EXPECT_EQ(versions(0)[0].text, "Eget svar.");
    // One that came before what the party has sent since, is pointed out too.
    EXPECT_EQ(world.preview(registerAct, consultation, form(idOf(0), "2026-11-03", "8.00"))->findings.size(), 2u);
}

TEST_F(RegisterResponse, IsNotDoneWhenThePartySentItsOwnMeanwhile) {
    world.at("2026-11-05 14:00:00");
    const auto fields = form(idOf(0), "2026-11-04", "9.15");
    const auto plan = world.preview(registerAct, consultation, fields);
    ASSERT_TRUE(submit(0).ok());
    EXPECT_EQ(world.confirm(registerAct, consultation, fields, plan->fingerprint).error().key, "error.act.changed");
    EXPECT_EQ(versions(0).size(), 1u);
}

TEST_F(RegisterResponse, TwiceIsOnce) {
    world.at("2026-11-05 14:00:00");
    const auto fields = form(idOf(0), "2026-11-04", "9.15");
    const auto plan = world.preview(registerAct, consultation, fields);
    const auto key = newKey();
    ASSERT_TRUE(world.confirm(registerAct, consultation, fields, plan->fingerprint, key).ok());
    ASSERT_TRUE(world.confirm(registerAct, consultation, fields, plan->fingerprint, key).ok());
    EXPECT_EQ(versions(0).size(), 1u);
    EXPECT_THAT(wrong(fields), ElementsAre("party: error.form.key")); // an old page with a number that is taken
}

TEST_F(RegisterResponse, NamesAllThatIsWrongAtOnce) {
    EXPECT_THAT(wrong({}),
                ElementsAre("party: error.party.choose", "channel: error.channel.choose", "kind: error.kind.choose",
                            "received_date: error.received.date", "received_time: error.received.time",
                            "text: error.registered_text.missing", "party: error.form.key"));
    const auto good = form(idOf(0), "2026-11-02", "9.00");
    EXPECT_THAT(wrong(good), IsEmpty());
    EXPECT_THAT(wrong(with(good, "channel", "online")), ElementsAre("channel: error.channel.choose"));
    EXPECT_THAT(wrong(with(good, "kind", "no_remarks")), ElementsAre("kind: error.kind.has_text"));
    EXPECT_THAT(wrong(with(with(good, "kind", "no_remarks"), "text", "")), IsEmpty());
    EXPECT_THAT(wrong(with(good, "text", "br\xC3")), ElementsAre("text: error.text.encoding"));
    EXPECT_THAT(wrong(with(good, "text", std::string(longestResponse + 1, 'a'))),
                ElementsAre("text: error.text.too_long"));
    EXPECT_THAT(wrong(with(good, "file", "999")), ElementsAre("file: error.file.gone"));
    EXPECT_THAT(wrong(with(good, "receipt", "x")), ElementsAre("party: error.form.key"));
    EXPECT_THAT(wrong(with(good, "party", "new")), ElementsAre("party_name: error.party_name.missing"));
    EXPECT_THAT(wrong(with(with(good, "party", "new"), "party_name", "LokalMED")),
                ElementsAre("party_name: error.name.twice"));
}

TEST_F(RegisterResponse, CannotHaveComeInTheFutureOrBeforeTheOpening) {
    const auto at = [&](const std::string& day, const std::string& time) { return wrong(form(idOf(0), day, time)); };
    EXPECT_THAT(at("2026-11-02", "9.00"), IsEmpty()); // the minute of the opening, and now
    EXPECT_THAT(at("2026-11-02", "9.01"), ElementsAre("received_date: error.received.ahead"));
    EXPECT_THAT(at("2026-11-02", "8.59"), ElementsAre("received_date: error.received.before"));
    EXPECT_THAT(at("i går", "9.00"), ElementsAre("received_date: error.received.date"));
    EXPECT_THAT(at("2026-11-02", "25.00"), ElementsAre("received_time: error.received.time"));
}

TEST_F(RegisterResponse, KnowsTheHourThatIsMissingAndTheOneThatIsTwice) {
    consultation = world.consultation().titled("Lang").openUntil("2027-11-30").with("LokalMED").publish();
    world.at("2027-11-05 14:00:00");
    EXPECT_THAT(wrong(form(idOf(0), "2027-03-28", "2.30")), ElementsAre("received_time: error.deadline.gap"));
    ASSERT_TRUE(world.play(registerAct, consultation, form(idOf(0), "2027-10-31", "2.30")).ok());
    EXPECT_EQ(isoUtc(versions(0).back().receivedAt), "2027-10-31T00:30:00.000Z"); // the first: to the party's good
}

TEST_F(RegisterResponse, TakesTheFilesOfItsForm) {
    world.at("2026-11-05 14:00:00");
    const auto file = world.database.write([&](sqlite::Tx& tx) {
        return keepActFile(tx, world.karen, consultation,
                           {0, std::string(64, 'b'), "svar.pdf", "application/pdf", 4096, 2});
    });
    auto fields = with(form(idOf(0), "2026-11-04", "9.15"), "text", "");
    fields.emplace_back("file", std::to_string(file));
    ASSERT_TRUE(world.play(registerAct, consultation, fields).ok());
    const auto response = versions(0).back();
    ASSERT_EQ(response.files.size(), 1u);
    EXPECT_EQ(response.files[0].name, "svar.pdf");
    EXPECT_EQ(response.checksum, responseChecksum(ResponseKind::remarks, "", response.files));
    EXPECT_THAT(world.lettersOf(LetterKind::registered)[0].text, HasSubstr("svar.pdf"));
    EXPECT_EQ(world.count("act_files"), 0);
}

TEST_F(RegisterResponse, OfOneNobodyInvitedIsCountedApart) {
    close();
    const auto letters = world.letters().size();
    ASSERT_TRUE(
        world.play(registerAct, consultation, with(form("new", "2026-11-20", "12.00"), "party_name", "Vejlauget"))
            .ok());
    EXPECT_EQ(world.letters().size(), letters); // nowhere to send one
    ASSERT_EQ(world.parties(consultation).size(), 4u);
    EXPECT_TRUE(party(3).unsolicited);
    EXPECT_EQ(party(3).role, PartyRole::informed);
    EXPECT_EQ(world.entry("party.unsolicited").event.party, party(3).id);
    const auto figures = digest().figures;
    EXPECT_EQ(figures.unsolicited, 1);
    EXPECT_EQ(figures.informed, 1);
    EXPECT_EQ(figures.informedAnswered, 0);
    EXPECT_EQ(figures.consulted, 2);
    // It may be heard again, under its own name.
    EXPECT_THAT(wrong(form(idOf(3), "2026-11-21", "12.00")), IsEmpty());
}

TEST_F(RegisterResponse, OnBehalfOfOthersTooTheyAreToldAndNotReminded) {
    world.at("2026-11-05 14:00:00");
    ASSERT_TRUE(
        world.play(registerAct, consultation, with(form(idOf(0), "2026-11-04", "9.15"), "joint_" + idOf(1), "1")).ok());
    EXPECT_EQ(party(1).jointWith, party(0).id);
    const auto letters = world.lettersOf(LetterKind::registered);
    ASSERT_EQ(letters.size(), 2u);
    EXPECT_EQ(letters[1].party, party(1).id);
    EXPECT_THAT(letters[0].text, HasSubstr("på vegne af 1 anden part"));
    EXPECT_THAT(letters[1].text, HasSubstr("fælles svar"));
    EXPECT_THAT(letters[0].text, Not(HasSubstr("Rådet"))); // no letter holds another party's name
    EXPECT_THAT(letters[1].text, Not(HasSubstr("LokalMED")));
    EXPECT_EQ(world.detail(world.entry("response.registered"), "joint"), "Rådet");
    const auto figures = digest().figures;
    EXPECT_EQ(figures.answered, 1);
    EXPECT_EQ(figures.joint, 1);
    EXPECT_EQ(figures.noAnswer, 0);
    world.at("2026-12-01 12:00:00");
    EXPECT_THAT(reminderReasons(), ::testing::Contains("reminder_reason.joint"));
    EXPECT_THAT(world.lettersOf(LetterKind::reminder), IsEmpty());
}

TEST_F(RegisterResponse, OnBehalfOnlyOfThoseThatHaveNotSpokenAndAreNotSpokenTo) {
    ASSERT_TRUE(submit(1).ok());
    world.at("2026-11-05 14:00:00");
    EXPECT_THAT(wrong(with(form(idOf(0), "2026-11-04", "9.15"), "joint_" + idOf(1), "1")),
                ElementsAre("joint_" + idOf(1) + ": error.joint.has_answered"));
    ASSERT_TRUE(world.database
                    .write([&](sqlite::Tx& tx) {
                        return joinAnswer(tx, world.visit(consultation, 2), party(0).id, world.now().instant);
                    })
                    .ok());
    EXPECT_THAT(wrong(with(form(idOf(1), "2026-11-04", "9.15"), "joint_" + idOf(0), "1")),
                ElementsAre("joint_" + idOf(0) + ": error.joint.has_followers"));
}

TEST_F(RegisterResponse, IsRefusedOnceTheCaseHasEnded) {
    for (const char* state : {"concluded", "cancelled", "draft"}) {
        world.database.write([&](sqlite::Tx& tx) {
            tx.sql(std::string("UPDATE consultations SET state = '") + state + "'").run();
            tx.housekeeping("test");
        });
        EXPECT_EQ(world.preview(registerAct, consultation, form(idOf(0), "2026-11-02", "9.00")).error().key,
                  "error.act.not_sent")
            << state;
    }
}

struct JoinAnswer : OtherAnswers {
    Result<Done> join(std::size_t self, std::int64_t other) {
        const auto visit = world.visit(consultation, self);
        return world.database.write([&](sqlite::Tx& tx) { return joinAnswer(tx, visit, other, world.now().instant); });
    }
    Result<Done> leave(std::size_t self) {
        const auto visit = world.visit(consultation, self);
        return world.database.write([&](sqlite::Tx& tx) { return leaveJointAnswer(tx, visit, world.now().instant); });
    }
    static std::string keyOf(const Result<Done>& refused) {
        if (refused) return "";
        return refused.error().fields.empty() ? refused.error().key : refused.error().fields[0].key;
    }
    PartyStatus status(std::size_t n) {
        return world.database.read(
            [&](sqlite::ReadTx& tx) { return statusOf(sqlite::factsOf(tx, consultation).at(party(n).id), false); });
    }
};

TEST_F(JoinAnswer, IsSeenInStatusDigestAndReminders) {
    ASSERT_TRUE(join(1, party(0).id).ok());
    EXPECT_EQ(world.entry("party.joined").event.actor.kind, ActorKind::party);
    EXPECT_EQ(world.detail(world.entry("party.joined"), "with"), "LokalMED");
    EXPECT_EQ(status(1), PartyStatus::joint);
    EXPECT_EQ(digest().figures.noAnswer, 2); // nobody has spoken for it yet
    ASSERT_TRUE(submit(0).ok());
    EXPECT_EQ(digest().figures.joint, 1);
    EXPECT_EQ(digest().figures.noAnswer, 0);
    const auto all = digest(); // in Danish order
    EXPECT_EQ(all.parties.at(2).party.name, "Rådet");
    EXPECT_EQ(all.parties.at(2).jointWith, "LokalMED");
    world.at("2026-12-01 12:00:00");
    EXPECT_THAT(reminderReasons(), ::testing::Contains("reminder_reason.joint"));
    EXPECT_THAT(world.lettersOf(LetterKind::reminder), IsEmpty());
}

TEST_F(JoinAnswer, CanBeTakenBackWhileItIsOpen) {
    ASSERT_TRUE(join(1, party(0).id).ok());
    const auto acts = world.acts().size();
    ASSERT_TRUE(join(1, party(0).id).ok()); // the same form again
    EXPECT_EQ(world.acts().size(), acts);
    ASSERT_TRUE(leave(1).ok());
    EXPECT_FALSE(party(1).jointWith);
    EXPECT_EQ(world.acts().back(), "party.left_joint");
    ASSERT_TRUE(leave(1).ok());
    EXPECT_EQ(world.acts().size(), acts + 1);
    ASSERT_TRUE(join(1, party(0).id).ok());
    close();
    EXPECT_EQ(keyOf(leave(1)), "error.deadline.over");
    EXPECT_EQ(keyOf(join(2, party(0).id)), "error.deadline.over");
}

TEST_F(JoinAnswer, EndsWithAnAnswerOfItsOwn) {
    ASSERT_TRUE(join(1, party(0).id).ok());
    ASSERT_TRUE(submit(1).ok());
    EXPECT_FALSE(party(1).jointWith);
    EXPECT_EQ(status(1), PartyStatus::answered);
    EXPECT_EQ(keyOf(join(1, party(0).id)), "error.joint.answered");
}

TEST_F(JoinAnswer, NeverRunsInAChainOrARing) {
    ASSERT_TRUE(join(1, party(0).id).ok());
    EXPECT_EQ(keyOf(join(0, party(1).id)), "error.joint.followers");
    EXPECT_EQ(keyOf(join(2, party(1).id)), "error.joint.choose");
    EXPECT_EQ(keyOf(join(2, party(2).id)), "error.joint.choose"); // itself
    EXPECT_EQ(keyOf(join(2, 0)), "error.joint.choose");
    const auto other = world.consultation().titled("En anden").openUntil("2026-12-01").with("Skolen").publish();
    EXPECT_EQ(keyOf(join(2, world.parties(other).at(0).id)), "error.joint.choose");
}

} // namespace
} // namespace hoering
