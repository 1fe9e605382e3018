// The office's own words kept with the consultation, and in every letter written from then on.
#include "text/letter_html.h"
#include "usecases/edit_wording.h"

#include <gmock/gmock.h>

#include "sqlite/consultations.h"
#include "sqlite/users.h"
#include "support/world.h"
#include "text/wording.h"
#include "usecases/acts.h"
#include "usecases/cancel_consultation.h"
#include "usecases/publish_consultation.h"
#include "usecases/send_reminder.h"
#include "usecases/send_test_letter.h"

namespace hoering {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

struct EditWording : ::testing::Test {
    testing::World world;
    std::int64_t id = world.consultation().openUntil("2026-12-01").with("LokalMED").draft();

    WordingInput words(std::string subject, std::string body, LetterKind kind = LetterKind::invitation) {
        return {kind, "da", std::move(subject), std::move(body), versionOf(wordingFor(world.find(id), kind, "da"))};
    }
    Result<Done> save(const WordingInput& input) {
        return world.database.write(
            [&](sqlite::Tx& tx) { return saveWording(tx, world.office, world.officer, id, input); });
    }
    std::string refusal(const WordingInput& input) {
        const auto done = save(input);
        if (done) return "";
        return done.error().fields.empty() ? done.error().key
                                           : done.error().fields[0].field + ": " + done.error().fields[0].key;
    }
    void publish() {
        const auto done = world.database.write([&](sqlite::Tx& tx) {
            return publishConsultation(tx, world.office, world.officer, id, world.find(id).version);
        });
        ASSERT_TRUE(done);
    }
};

TEST_F(EditWording, IsInTheLettersAndInTheJournal) {
    const auto version = world.find(id).version;
    ASSERT_TRUE(save(words("Hør her, {part}", "Kære {kontakt}\n\nSvar inden {frist}.")));
    EXPECT_GT(world.find(id).version, version); // what was shown at the gate is no longer what would be sent
    EXPECT_EQ(world.acts().back(), "wording.saved");
    publish();
    const auto letter = world.letters().at(0);
    EXPECT_EQ(letter.subject, "Hør her, LokalMED");
    EXPECT_THAT(letter.text, HasSubstr("Kære Kontakt 1\n\nSvar inden tirsdag den 1. december 2026 kl. 23.59."));
}

TEST_F(EditWording, ReachesWhateverWritesALetter) {
    ASSERT_TRUE(save(words("Husk det, {part}", "Om {dage_tilbage}.", LetterKind::reminder)));
    ASSERT_TRUE(save(words("Det blev ikke til noget", "Aflyst, {part}.", LetterKind::cancelled)));
    publish();
    world.at("2026-12-01 08:00:00");
    while (world.database.write([&](sqlite::Tx& tx) { return sendDueReminder(tx, world.office); }) !=
           ReminderOutcome::nothingDue) {
    }
    EXPECT_EQ(world.letters().back().subject, "Husk det, LokalMED");
    EXPECT_THAT(world.letters().back().text, HasSubstr("Om i dag er sidste dag."));

    const ActInput input{{{"reason", "Ny lov"}}};
    const auto plan = world.database.read(
        [&](sqlite::ReadTx& tx) { return planAct(tx, world.office, cancelAct, id, input, world.now()); });
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->letters.at(0).letter.subject, "Det blev ikke til noget");
    EXPECT_THAT(plan->letters.at(0).letter.text, HasSubstr("Begrundelse: Ny lov"));
    // Other words after the preview: the act is not done as it was not shown.
    ASSERT_TRUE(save(words("Aflyst", "Aflyst, {part}.", LetterKind::cancelled)));
    const User karen{1, "karen@ishoj.dk", "Karen", Role::secretariat, "da", false};
    const auto done = world.database.write([&](sqlite::Tx& tx) {
        return performAct(tx, world.office, karen, cancelAct, id, input, plan->fingerprint, std::string(32, 'a'));
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().key, "error.act.changed");
}

TEST_F(EditWording, StopsWhatShouldNotBeSent) {
    EXPECT_EQ(refusal(words("", "Tekst")), "subject: error.subject.missing");
    EXPECT_EQ(refusal(words("Emne", " \n ")), "body: error.body.missing");
    EXPECT_EQ(refusal(words("Emne {navn}", "Tekst")), "subject: error.wording.field");
    EXPECT_EQ(refusal(words("Emne", "Kære {party}")), "body: error.wording.field");
    EXPECT_EQ(refusal(words("Emne", "Kære {part")), "body: error.wording.brace");
    EXPECT_EQ(refusal(words("Emne", "Om {dage_tilbage}")), "body: error.wording.field"); // only in reminders
    for (const std::string left : {"Kære XX", "Ring (x)", "x@ishoj.dk", "[indsæt navn]"})
        EXPECT_EQ(refusal(words("Emne", left)), "body: error.wording.placeholder") << left;
    EXPECT_EQ(refusal(words(std::string(201, 'a'), "Tekst")), "subject: error.text.too_long");
    EXPECT_EQ(refusal(words("\xff", "Tekst")), "subject: error.text.encoding");
    EXPECT_EQ(refusal(words("Emne", "{udvalg} {journalnummer} {enhed} {sagsbehandler}")), "");
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE consultations SET committee = '' WHERE id = ?").bind(id).run();
        tx.housekeeping("test");
    });
    EXPECT_EQ(refusal(words("Emne", "{udvalg} besluttede")), "body: error.wording.empty_field");
    EXPECT_EQ(refusal(words("Emne", "Tekst", LetterKind::staffAnswer)), "error.not_found");
    EXPECT_EQ(world.acts().size(), 3u); // created, party added, one wording
}

TEST_F(EditWording, LosesNobodysWords) {
    const auto mine = words("Mit", "Min tekst"), yours = words("Dit", "Din tekst");
    ASSERT_TRUE(save(mine));
    EXPECT_EQ(refusal(yours), "error.wording.changed"); // both had seen the standard
    const auto seen = words("Nyt", "Ny tekst");
    ASSERT_TRUE(save(seen));                          // within the same millisecond
    EXPECT_EQ(refusal(words("Nyt", "Ny tekst")), ""); // nothing new: nothing in the journal
    EXPECT_EQ(refusal(seen), "error.wording.changed");
    EXPECT_EQ(wordingFor(world.find(id), LetterKind::invitation, "da")->subject, "Nyt");
    const auto acts = world.acts();
    EXPECT_EQ(std::count(acts.begin(), acts.end(), "wording.saved"), 2);
}

TEST_F(EditWording, GoesBackToTheStandard) {
    ASSERT_TRUE(save(words("Mit", "Min tekst")));
    const auto standard = text::standardWording(world.office.words("da"), LetterKind::invitation);
    ASSERT_TRUE(save(words(standard.subject, standard.body))); // typed again
    EXPECT_EQ(world.acts().back(), "wording.reset");
    EXPECT_TRUE(world.find(id).wordings.empty());
    ASSERT_TRUE(save(words("Mit", "Min tekst")));
    const auto input = words("", "");
    ASSERT_TRUE(world.database.write([&](sqlite::Tx& tx) { return resetWording(tx, world.officer, id, input); }));
    EXPECT_TRUE(world.find(id).wordings.empty());
    publish();
    EXPECT_THAT(world.letters().at(0).subject, HasSubstr("Høring: Ændret organisering"));
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::changeState(tx, id, ConsultationState::open, ConsultationState::cancelled);
        tx.housekeeping("test");
    });
    EXPECT_EQ(refusal(words("Mit", "Min tekst")), "error.wording.over");
}

TEST_F(EditWording, AreReadWithTheConsultationHoweverItIsFound) {
    ASSERT_TRUE(save(words("Mit", "Min tekst")));
    const auto slug = world.find(id).slug;
    world.database.read([&](sqlite::ReadTx& tx) {
        EXPECT_EQ(sqlite::findConsultationBySlug(tx, slug)->wordings.size(), 1u);
        EXPECT_EQ(sqlite::listConsultations(tx, {}).at(0).wordings.at(0).body, "Min tekst");
    });
}

TEST_F(EditWording, ATestIsQueuedToOneselfAndNobodyElse) {
    publish();
    const auto invitation = world.letters().at(0);
    const std::string key(32, 'a');
    User karen{0, "karen@ishoj.dk", "Karen Kontor", Role::secretariat, "da", false};
    const auto send = [&](std::string_view with) {
        return world.database.write(
            [&](sqlite::Tx& tx) { return sendTestLetter(tx, world.office, karen, invitation, with); });
    };
    world.database.write([&](sqlite::Tx& tx) {
        karen.id = sqlite::insertUser(tx, karen);
        tx.housekeeping("test");
    });
    ASSERT_TRUE(send(key));
    ASSERT_TRUE(send(key)); // pressed twice
    ASSERT_EQ(world.letters().size(), 2u);
    const auto test = world.letters().at(1);
    EXPECT_EQ(test.kind, LetterKind::test);
    EXPECT_EQ(test.toMail, "karen@ishoj.dk");
    EXPECT_EQ(test.user, karen.id);
    EXPECT_EQ(test.consultation, id);
    EXPECT_FALSE(test.party || test.contact || test.link || test.mailing);
    EXPECT_EQ(test.thread, "");
    EXPECT_THAT(test.subject, HasSubstr("[Prøve]"));
    EXPECT_THAT(test.text + text::letterHtml(test), Not(HasSubstr(std::string(linkMark))));
    EXPECT_EQ(world.acts().back(), "letter.test_sent");
    EXPECT_FALSE(send("kort"));
    EXPECT_FALSE(send(std::string(32, '\n')));
    // It counts for no party.
    const auto facts = world.database.read([&](sqlite::ReadTx& tx) {
        auto row = tx.sql("SELECT count(*) FROM letters WHERE party_id IS NOT NULL");
        row.step();
        return row.integer(0);
    });
    EXPECT_EQ(facts, 1);
}

} // namespace
} // namespace hoering
