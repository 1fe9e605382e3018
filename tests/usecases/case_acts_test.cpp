// What happens to a case after its opening: new enclosures, the outcome, links by the office's hand.
#include <gmock/gmock.h>

#include "sqlite/consultations.h"
#include "sqlite/files.h"
#include "sqlite/links.h"
#include "usecases/act_files.h"
#include "usecases/act_world.h"
#include "usecases/add_enclosure.h"
#include "usecases/close_consultation.h"
#include "usecases/compile_digest.h"
#include "usecases/conclude_consultation.h"
#include "usecases/resend_link.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct CaseActs : ::testing::Test {
    testing::ActWorld world;
    std::int64_t consultation =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet", PartyRole::informed).publish();

    /// A file chosen on a form of this consultation; its id as the form carries it.
    std::string chosen(const std::string& name, std::int64_t of) {
        return std::to_string(world.database.write([&](sqlite::Tx& tx) {
            return keepActFile(tx, world.karen, of,
                               {0, std::string(64, 'a'), name, "application/pdf", 2048, 3, {Reading::whole, {}}});
        }));
    }
    std::string chosen(const std::string& name) { return chosen(name, consultation); }
    std::vector<Enclosure> enclosures() {
        return world.database.read([&](sqlite::ReadTx& tx) { return sqlite::enclosuresOf(tx, consultation); });
    }
    void close() {
        world.at("2026-12-02 00:00:01");
        world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    }
    Digest digest() {
        return *world.database.read([&](sqlite::ReadTx& tx) { return compileDigest(tx, consultation, world.now()); });
    }
};

struct AddEnclosure : CaseActs {};

TEST_F(AddEnclosure, IsShownWithItsDateAndTold) {
    world.at("2026-11-03 10:00:00");
    const auto one = chosen("Notat.pdf"), two = chosen("kort.png");
    const testing::ActWorld::Fields fields{
        {"file", one}, {"file", two}, {"title_" + one, "Supplerende notat"}, {"reason", "Tallene for 2025 er med."}};
    const auto version = world.find(consultation).version;
    const auto done = world.play(addEnclosureAct, consultation, fields);
    ASSERT_TRUE(done.ok());
    const auto added = enclosures();
    ASSERT_EQ(added.size(), 2u);
    EXPECT_EQ(added[0].title, "Supplerende notat");
    EXPECT_EQ(added[1].title, "kort"); // its file's name
    EXPECT_EQ(added[0].addedAt, world.now().instant);
    EXPECT_EQ(world.find(consultation).version, version + 1);
    EXPECT_EQ(world.detail(world.entry("enclosure.added_later"), "reason"), "Tallene for 2025 er med.");
    const auto letters = world.lettersOf(LetterKind::enclosureAdded);
    ASSERT_EQ(letters.size(), 2u);
    EXPECT_THAT(letters[0].text, HasSubstr("Supplerende notat (Notat.pdf)"));
    EXPECT_THAT(letters[0].text, HasSubstr("Tallene for 2025 er med."));
    EXPECT_THAT(letters[0].text, HasSubstr("kan svaret rettes"));
    EXPECT_THAT(letters[0].text, HasSubstr(std::string(linkMark)));
    EXPECT_EQ(letters[0].mailing, done->mailing);
    EXPECT_EQ(digest().asOf, world.now().instant);
    EXPECT_EQ(world.count("act_files"), 0);
}

TEST_F(AddEnclosure, TakesOnlyFilesChosenForThisConsultationAndOnlyOnce) {
    const auto elsewhere = world.consultation().titled("En anden").openUntil("2026-12-01").with("Skolen").publish();
    const auto foreign = chosen("hemmelig.pdf", elsewhere), ours = chosen("vores.pdf");
    const auto refusal = [&](const std::string& file) {
        return world.preview(addEnclosureAct, consultation, {{"file", file}, {"reason", "Nyt"}});
    };
    for (const std::string& file : {foreign, std::string("999"), std::string("x"), std::string("1 OR 1")})
        EXPECT_EQ(refusal(file).error().fields.at(0).key, "error.file.gone") << file;
    EXPECT_EQ(world.preview(addEnclosureAct, consultation, {{"file", ours}, {"file", ours}, {"reason", "Nyt"}})
                  .error()
                  .fields.at(0)
                  .key,
              "error.file.gone");
    ASSERT_TRUE(world.play(addEnclosureAct, consultation, {{"file", ours}, {"reason", "Nyt"}}).ok());
    EXPECT_EQ(refusal(ours).error().fields.at(0).key, "error.file.gone");
    EXPECT_EQ(enclosures().size(), 1u);
}

TEST_F(AddEnclosure, NamesAllThatIsMissingAtOnce) {
    const auto left = chosen("ud.pdf");
    const auto refused =
        world.preview(addEnclosureAct, consultation, {{"file", left}, {"drop_" + left, "1"}, {"reason", ""}});
    std::vector<std::string> keys;
    for (const auto& field : refused.error().fields) keys.push_back(field.key);
    EXPECT_THAT(keys, ElementsAre("error.file.none", "error.reason.missing"));
}

TEST_F(AddEnclosure, IsOfferedOnlyWhileItIsOpen) {
    const auto file = chosen("sen.pdf");
    close();
    EXPECT_EQ(world.preview(addEnclosureAct, consultation, {{"file", file}, {"reason", "x"}}).error().key,
              "error.act.not_open");
}

TEST_F(AddEnclosure, AFileNobodyConfirmedIsForgottenButNotOneThatWaitsForRelease) {
    (void)chosen("glemt.pdf");
    const auto sweep = [&] {
        return world.database.write([&](sqlite::Tx& tx) {
            tx.housekeeping("test");
            return sqlite::sweepActFiles(tx, tx.now().instant - std::chrono::hours{24});
        });
    };
    EXPECT_EQ(sweep(), 0);
    world.at("2026-11-05 09:00:00");
    EXPECT_EQ(sweep(), 1);
    EXPECT_EQ(world.count("files"), 0);

    world.office.releaseAbove = 1;
    const auto waiting = chosen("venter.pdf");
    ASSERT_NE(world.play(addEnclosureAct, consultation, {{"file", waiting}, {"reason", "Nyt"}})->release, 0);
    world.at("2026-11-09 09:00:00");
    EXPECT_EQ(sweep(), 0);
    ASSERT_TRUE(world.release(1, world.bo).ok());
    EXPECT_EQ(enclosures().size(), 1u);
}

struct Conclude : CaseActs {
    testing::ActWorld::Fields decided{{"outcome", "Model 2 er valgt.\r\nDen træder i kraft 1. marts."},
                                      {"outcome_date", "15. december 2026"},
                                      {"committee", "Byrådet"}};
};

TEST_F(Conclude, KeepsAndTellsTheDecision) {
    close();
    world.at("2026-12-16 09:00:00");
    ASSERT_TRUE(world.play(concludeAct, consultation, decided).ok());
    const auto now = world.find(consultation);
    EXPECT_EQ(now.state, ConsultationState::concluded);
    EXPECT_EQ(now.outcome, "Model 2 er valgt.\nDen træder i kraft 1. marts.");
    EXPECT_EQ(now.outcomeBy, "Byrådet");
    EXPECT_EQ(isoDate(now.outcomeDate.value()), "2026-12-15");
    EXPECT_EQ(now.endedAt, world.now().instant);
    EXPECT_EQ(world.acts().back(), "consultation.concluded");
    const auto letters = world.lettersOf(LetterKind::outcome);
    ASSERT_EQ(letters.size(), 2u); // informed parties too
    EXPECT_THAT(letters[1].text, HasSubstr("Model 2 er valgt."));
    EXPECT_THAT(letters[1].text, HasSubstr("Byrådet"));
    EXPECT_THAT(letters[1].text, HasSubstr("tirsdag den 15. december 2026"));
    EXPECT_THAT(letters[1].text, HasSubstr("https://hoering.example/hoering/" + now.slug));
    EXPECT_THAT(letters[1].text, HasSubstr(std::string(linkMark))); // to read, as long as the link works
    EXPECT_EQ(digest().asOf, world.now().instant);
}

TEST_F(Conclude, LinksWorkForReadingUntilTheirGraceIsOverAndNothingIsTaken) {
    const auto visit = world.visit(consultation);
    const auto token = world.tokenOf(visit);
    close();
    world.at("2026-12-16 09:00:00");
    ASSERT_TRUE(world.play(concludeAct, consultation, decided).ok());
    const auto open = [&] {
        return world.database.write([&](sqlite::Tx& tx) { return openLink(tx, world.office, token); });
    };
    EXPECT_TRUE(open().ok());
    EXPECT_EQ(mayAnswer(world.find(consultation), visit.party, world.now().instant), Answering::stopped);
    world.at("2027-01-01 00:00:00");
    EXPECT_EQ(open().error().key, "error.link.expired");
}

TEST_F(Conclude, ALetterAfterTheGraceHoldsNoLinkThatIsDead) {
    close();
    world.at("2027-02-01 09:00:00");
    ASSERT_TRUE(world.play(concludeAct, consultation, decided).ok());
    for (const auto& letter : world.lettersOf(LetterKind::outcome)) {
        EXPECT_THAT(letter.text, Not(HasSubstr(std::string(linkMark))));
        EXPECT_FALSE(letter.link);
    }
}

TEST_F(Conclude, OnlyFromClosed) {
    EXPECT_EQ(world.preview(concludeAct, consultation, decided).error().key, "error.act.not_closed");
}

TEST_F(Conclude, AsksForADecisionThatHasBeenMade) {
    close();
    const auto refusal = [&](const std::string& date) {
        auto fields = decided;
        fields[1].second = date;
        const auto plan = world.preview(concludeAct, consultation, fields);
        return plan ? std::string() : plan.error().fields.at(0).key;
    };
    EXPECT_EQ(refusal("2026-12-02"), "");
    EXPECT_EQ(refusal("2026-12-03"), "error.outcome_date.ahead");
    EXPECT_EQ(refusal("snart"), "error.outcome_date");
    EXPECT_EQ(world.preview(concludeAct, consultation, {{"outcome_date", "2026-12-02"}}).error().fields.at(0).key,
              "error.outcome.missing");
}

TEST_F(Conclude, AsksAboutADecisionFromBeforeTheConsultationAndTakesIt) {
    close();
    auto fields = decided;
    const auto findings = [&](const std::string& date) {
        fields[1].second = date;
        return world.preview(concludeAct, consultation, fields)->findings;
    };
    const auto opened = isoDate(dateOf(toLocal(*world.find(consultation).openedAt)));
    EXPECT_TRUE(findings(opened).empty()) << "the same day is not before";
    const auto asked = findings("2025-12-02");
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_FALSE(asked[0].stops);
    EXPECT_EQ(asked[0].key, "finding.act.outcome_before");
    EXPECT_EQ(world.office.words("da").sentence(asked[0].key, asked[0].args).find('{'), std::string::npos);
    EXPECT_TRUE(world.play(concludeAct, consultation, fields).ok());
    EXPECT_EQ(world.find(consultation).outcomeDate, parseIsoDate("2025-12-02"));
}

TEST_F(Conclude, WaitsForAPartyWhoseOwnDeadlineStillRuns) {
    world.giveOwnDeadline(world.parties(consultation).at(0).id, "2026-12-20");
    close();
    world.at("2026-12-16 09:00:00");
    const auto plan = world.preview(concludeAct, consultation, decided);
    ASSERT_TRUE(plan.ok());
    ASSERT_EQ(plan->findings.size(), 1u);
    EXPECT_TRUE(plan->findings[0].stops);
    EXPECT_EQ(world.confirm(concludeAct, consultation, decided, plan->fingerprint).error().key, "error.act.stopped");
    world.at("2026-12-21 00:00:00");
    EXPECT_TRUE(world.play(concludeAct, consultation, decided).ok());
}

struct Links : CaseActs {
    std::int64_t contact = world.visit(consultation).contact.id;
    std::string token = world.tokenOf(world.visit(consultation));
    testing::ActWorld::Fields named{{"contact", std::to_string(contact)}};

    std::string refusalOfOpening(const std::string& with) {
        const auto opened = world.database.write([&](sqlite::Tx& tx) { return openLink(tx, world.office, with); });
        return opened ? "" : opened.error().key;
    }
    testing::ActWorld::Fields because() {
        auto fields = named;
        fields.emplace_back("reason", "Sendt til en forkert");
        return fields;
    }
};

TEST_F(Links, SentAgainTheOldOneSaysSo) {
    ASSERT_TRUE(world.play(resendLinkAct, consultation, named).ok());
    const auto letters = world.lettersOf(LetterKind::linkAgain);
    ASSERT_EQ(letters.size(), 1u);
    EXPECT_EQ(letters[0].contact, contact);
    EXPECT_EQ(refusalOfOpening(token), "error.link.replaced");
    EXPECT_EQ(refusalOfOpening(world.tokenOf(world.visit(consultation))), "");
    EXPECT_EQ(letters[0].link, world.visit(consultation).link);
    EXPECT_EQ(world.acts()[world.acts().size() - 2], "link.sent_again"); // and then it was opened
}

TEST_F(Links, ThePartysOwnWishStillWorks) {
    ASSERT_TRUE(world.play(resendLinkAct, consultation, named).ok());
    world.at("2026-11-02 10:00:00");
    const auto asked = world.database.write(
        [&](sqlite::Tx& tx) { return sendLinkAgain(tx, world.office, world.visit(consultation).actor(), contact); });
    EXPECT_TRUE(asked.ok());
    EXPECT_EQ(world.lettersOf(LetterKind::linkAgain).size(), 2u);
}

TEST_F(Links, TakenBackNothingOpensAndNothingIsSent) {
    const auto cookie = world.database.write([&](sqlite::Tx& tx) { return openLink(tx, world.office, token); });
    const auto letters = world.letters().size();
    ASSERT_TRUE(world.play(resendLinkAct, consultation, named).ok()); // so that there is a replaced one too
    const auto newer = world.tokenOf(world.visit(consultation));
    ASSERT_TRUE(world.play(revokeLinkAct, consultation, because()).ok());
    EXPECT_EQ(world.letters().size(), letters + 1);
    EXPECT_EQ(refusalOfOpening(newer), "error.link.revoked");
    EXPECT_EQ(refusalOfOpening(token), "error.link.revoked"); // no "send me a new one" either
    EXPECT_FALSE(
        world.database.read([&](sqlite::ReadTx& tx) { return partySession(tx, world.office, *cookie, world.now()); }));
    EXPECT_EQ(world.detail(world.entry("link.revoked"), "reason"), "Sendt til en forkert");
    EXPECT_EQ(world.preview(revokeLinkAct, consultation, because()).error().key, "error.link.none");
}

TEST_F(Links, SentAgainAfterThatTheDoorIsOpen) {
    ASSERT_TRUE(world.play(revokeLinkAct, consultation, because()).ok());
    ASSERT_TRUE(world.play(resendLinkAct, consultation, named).ok());
    EXPECT_EQ(refusalOfOpening(world.tokenOf(world.visit(consultation))), "");
    EXPECT_EQ(refusalOfOpening(token), "error.link.revoked");
}

TEST_F(Links, ARevokingNeedsAReason) {
    EXPECT_EQ(world.preview(revokeLinkAct, consultation, named).error().fields.at(0).key, "error.reason.missing");
}

TEST_F(Links, OnlyOfThisConsultationsContactsAndWhileALinkWouldWork) {
    const auto other = world.consultation().titled("En anden").openUntil("2026-12-01").with("Skolen").publish();
    EXPECT_EQ(world.preview(resendLinkAct, other, named).error().kind, ErrorKind::notFound);
    EXPECT_EQ(world.preview(revokeLinkAct, other, because()).error().kind, ErrorKind::notFound);
    EXPECT_EQ(world.preview(resendLinkAct, consultation, {}).error().kind, ErrorKind::notFound);
    world.at("2027-01-01 00:00:00");
    EXPECT_EQ(world.preview(resendLinkAct, consultation, named).error().key, "error.link.expired");
}

} // namespace
} // namespace hoering
