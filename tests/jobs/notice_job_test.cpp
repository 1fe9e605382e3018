#include "jobs/notice_job.h"

#include <gmock/gmock.h>

#include "common/crypto.h"
#include "sqlite/mailings.h"
#include "sqlite/notices.h"
#include "sqlite/users.h"
#include "support/world.h"
#include "text/letter_html.h"
#include "usecases/acts.h"
#include "usecases/close_consultation.h"
#include "usecases/my_settings.h"
#include "usecases/tell_staff.h"
#include "usecases/write_staff_letters.h"

namespace hoering {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct NoticeJob : ::testing::Test {
    testing::World world;
    std::int64_t consultation = world.usualConsultation();

    std::int64_t user(const std::string& name, Notify notify, Role role = Role::secretariat) {
        return world.database.write([&](sqlite::Tx& tx) {
            const auto id = sqlite::insertUser(tx, {0, name + "@hoering.example", name, role, "da", false});
            sqlite::setUserNotify(tx, id, notify);
            tx.housekeeping("test");
            return id;
        });
    }
    void answer(std::size_t party, const std::string& text = "Hemmeligt svar") {
        ASSERT_TRUE(world.submit(consultation, party, text));
    }
    int tell() { return tellColleagues(world.database, world.office, world.clock.now()); }
    std::vector<Letter> staffLetters() {
        std::vector<Letter> found;
        for (auto& letter : world.letters())
            if (letter.user) found.push_back(std::move(letter));
        return found;
    }
    std::vector<std::string> subjects() {
        std::vector<std::string> all;
        for (const auto& letter : staffLetters()) all.push_back(letter.toMail + " " + letter.subject);
        return all;
    }
    void news(LetterKind kind, std::optional<std::int64_t> party = {}) {
        world.database.write([&](sqlite::Tx& tx) {
            tellStaff(tx, {kind, consultation, party});
            tx.housekeeping("test");
        });
    }
    /// Every letter has left the outbox in this state.
    void settleLetters(const std::string& state) {
        world.database.write([&](sqlite::Tx& tx) {
            const std::string sql =
                "UPDATE letters SET state = '" + state + "', server = 'mail.example' WHERE state = 'queued'";
            tx.sql(sql).bind().run();
            tx.housekeeping("test");
        });
    }
};

TEST_F(NoticeJob, TellsAtOnceWhoWantsThat) {
    user("karen", Notify::atOnce);
    answer(0);
    EXPECT_EQ(tell(), 1);
    EXPECT_EQ(tell(), 0);
    ASSERT_THAT(subjects(), ElementsAre("karen@hoering.example Svar fra LokalMED: Ændret organisering"));
    const auto letter = staffLetters()[0];
    EXPECT_EQ(letter.kind, LetterKind::staffAnswer);
    EXPECT_THAT(letter.text, HasSubstr("https://hoering.example/kontor/hoeringer/1/svar"));
    for (const auto& part : {letter.text, text::letterHtml(letter)}) {
        EXPECT_THAT(part, Not(HasSubstr("Hemmeligt svar"))); // what it says is for the page
        EXPECT_THAT(part, Not(HasSubstr(std::string(linkMark))));
        EXPECT_THAT(part, Not(HasSubstr("/svar/" + world.tokenOf(world.visit(consultation)))));
    }
}

TEST_F(NoticeJob, GathersTheDaysAnswersIntoOneLetterInTheMorning) {
    user("karen", Notify::daily);
    answer(0);
    world.at("2026-11-02 15:00:00");
    answer(1);
    world.at("2026-11-02 16:00:00");
    answer(1, "Rettet"); // a correction is no third answer
    EXPECT_EQ(tell(), 0);
    world.at("2026-11-03 07:29:59");
    EXPECT_EQ(tell(), 0);
    world.at("2026-11-03 07:30:00");
    EXPECT_EQ(tell(), 1);
    EXPECT_EQ(tell(), 0);
    ASSERT_THAT(subjects(), ElementsAre("karen@hoering.example 2 nye svar: Ændret organisering"));
    const auto letter = staffLetters()[0];
    EXPECT_EQ(letter.kind, LetterKind::staffDaily);
    EXPECT_THAT(letter.text, HasSubstr("- LokalMED: "));
    EXPECT_THAT(letter.text, HasSubstr("- Rådet: "));
    EXPECT_THAT(letter.text, HasSubstr("version 2"));
}

TEST_F(NoticeJob, TellsAfterDowntimeOverTheMorningOnce) {
    user("karen", Notify::daily);
    answer(0);
    world.at("2026-11-05 13:20:00"); // three mornings were slept over
    EXPECT_EQ(tell(), 1);
    world.at("2026-11-06 07:30:00");
    EXPECT_EQ(tell(), 0);
}

TEST_F(NoticeJob, KeepsOverTheWeekendWhatCameOnFriday) {
    user("karen", Notify::daily);
    world.at("2026-11-06 12:00:00");
    answer(0);
    world.at("2026-11-07 08:00:00");
    EXPECT_EQ(tell(), 0);
    world.at("2026-11-09 07:30:00");
    EXPECT_EQ(tell(), 1);
}

TEST_F(NoticeJob, StoresNothingWhenNobodyWantsToKnow) {
    user("karen", Notify::never);
    user("læser", Notify::atOnce, Role::reader);
    const auto gone = user("gået", Notify::atOnce);
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::setDisabled(tx, gone, true);
        tx.housekeeping("test");
    });
    answer(0);
    EXPECT_EQ(world.count("staff_notices"), 0);
    EXPECT_EQ(tell(), 0);
}

TEST_F(NoticeJob, TellsNothingToSomebodyWhoLeftMeanwhile) {
    const auto karen = user("karen", Notify::daily);
    answer(0);
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::setDisabled(tx, karen, true);
        tx.housekeeping("test");
    });
    world.at("2026-11-03 08:00:00");
    EXPECT_EQ(tell(), 0);
    world.database.write([&](sqlite::Tx& tx) { // and is not flooded on coming back
        sqlite::setDisabled(tx, karen, false);
        tx.housekeeping("test");
    });
    EXPECT_EQ(tell(), 0);
}

TEST_F(NoticeJob, FollowsAWishThatChanges) {
    const auto karen = user("karen", Notify::daily);
    const auto save = [&](const std::string& notify) {
        return world.database.write([&](sqlite::Tx& tx) {
            return saveMySettings(tx, *sqlite::findUser(tx, karen), {notify, "da"});
        });
    };
    answer(0);
    ASSERT_TRUE(save("at_once"));
    EXPECT_EQ(tell(), 1);
    ASSERT_TRUE(save("daily"));
    answer(1);
    ASSERT_TRUE(save("never"));
    world.at("2026-11-03 08:00:00");
    EXPECT_EQ(tell(), 0);
    EXPECT_EQ(world.acts().back(), "user.settings_saved");
    const auto acts = world.acts().size();
    ASSERT_TRUE(save("never"));
    EXPECT_EQ(world.acts().size(), acts); // nothing changed, nothing in the journal
    EXPECT_FALSE(save("hourly"));
}

TEST_F(NoticeJob, WritesInEachColleaguesLanguage) {
    const auto john = user("john", Notify::atOnce);
    world.database.write([&](sqlite::Tx& tx) {
        sqlite::setUserLanguage(tx, john, "en");
        tx.housekeeping("test");
    });
    answer(0);
    ASSERT_EQ(tell(), 1);
    EXPECT_EQ(staffLetters()[0].language, "en");
    EXPECT_THAT(staffLetters()[0].subject, HasSubstr("Response from LokalMED"));
}

TEST_F(NoticeJob, SaysWhenADeadlineHasPassedWhoAnsweredAndWhoDidNot) {
    user("karen", Notify::daily);
    user("aldrig", Notify::never);
    answer(0);
    answer(2);
    world.at("2026-12-02 00:00:00");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    tell();
    const auto letters = staffLetters();
    ASSERT_EQ(letters.size(), 2u); // the daily one was due as well, and the deadline
    EXPECT_EQ(letters[1].kind, LetterKind::staffDeadline);
    EXPECT_THAT(letters[1].text, HasSubstr("1 høringspart har svaret:\n- LokalMED"));
    EXPECT_THAT(letters[1].text, HasSubstr("1 høringspart har ikke svaret:\n- Rådet"));
    EXPECT_THAT(letters[1].text, HasSubstr("/kontor/hoeringer/1/hoeringsnotat"));
    for (const auto& letter : letters) EXPECT_EQ(letter.toMail, "karen@hoering.example");
}

TEST_F(NoticeJob, SaysWhenAMailingIsFinishedAndHowItWent) {
    const auto karen = user("karen", Notify::daily);
    settleLetters("accepted");
    EXPECT_EQ(tell(), 1); // the sending of the consultation is one mailing
    EXPECT_THAT(staffLetters().at(0).subject, HasSubstr("Udsendelsen er færdig"));
    const Act* act = findAct("cancel");
    const ActInput input{{{"reason", "Sagen er trukket"}}};
    const auto shown = world.database.read(
        [&](sqlite::ReadTx& tx) { return planAct(tx, world.office, *act, consultation, input, world.now()); });
    ASSERT_TRUE(shown);
    ASSERT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        return performAct(tx, world.office, *sqlite::findUser(tx, karen), *act, consultation, input, shown->fingerprint,
                          std::string(32, 'm'));
    }));
    EXPECT_EQ(tell(), 0); // its letters wait
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE letters SET state = 'refused' WHERE id = (SELECT max(id) FROM letters)").bind().run();
        tx.housekeeping("test");
    });
    EXPECT_EQ(tell(), 0);
    settleLetters("accepted");
    EXPECT_EQ(tell(), 1);
    EXPECT_EQ(tell(), 0);
    const auto letter = staffLetters().at(1);
    EXPECT_EQ(letter.kind, LetterKind::staffMailing);
    EXPECT_THAT(letter.subject, HasSubstr("Ikke alle breve kom frem"));
    EXPECT_THAT(letter.text, HasSubstr("Breve: 3"));
    EXPECT_THAT(letter.text, HasSubstr("Modtaget af mailserveren: 2"));
    EXPECT_THAT(letter.text, HasSubstr("Afvist eller kommet retur: 1"));
    const auto mailings = world.database.read([&](sqlite::ReadTx& tx) { return sqlite::mailingsOf(tx, consultation); });
    EXPECT_TRUE(mailings.at(0).finishedAt.has_value());
}

TEST_F(NoticeJob, SaysOfLettersInTheFolderThatNobodyHasGotThem) {
    user("karen", Notify::daily);
    world.database.write([&](sqlite::Tx& tx) {
        tx.sql("UPDATE letters SET state = 'accepted' WHERE state = 'queued'").bind().run();
        tx.housekeeping("test");
    });
    EXPECT_EQ(tell(), 1);
    const auto letter = staffLetters().at(0);
    EXPECT_THAT(letter.text, HasSubstr("Lagt i mappen, ikke sendt: 3"));
    EXPECT_THAT(letter.text, HasSubstr("fået dem endnu"));
    EXPECT_THAT(letter.text, Not(HasSubstr("Modtaget af mailserveren")));
    EXPECT_THAT(letter.text, Not(HasSubstr("Du behøver ikke gøre noget")));
}

TEST_F(NoticeJob, WhatSomebodyMustActOnIsToldEvenToThoseWhoWantNothing) {
    user("aldrig", Notify::never);
    const auto party = world.parties(consultation)[0].id;
    news(LetterKind::staffNotReached, party);
    news(LetterKind::staffExtension, party);
    news(LetterKind::staffRelease);
    EXPECT_EQ(tell(), 3);
    EXPECT_THAT(subjects(), ElementsAre("aldrig@hoering.example Ikke nået: LokalMED - Ændret organisering",
                                        "aldrig@hoering.example LokalMED beder om længere frist: Ændret organisering",
                                        "aldrig@hoering.example En udsendelse venter på dig: Ændret organisering"));
    EXPECT_THAT(staffLetters()[0].text, HasSubstr("kontakt@part1.example")); // the address to mend
}

TEST_F(NoticeJob, TheSameNewsFromTwoSidesIsOneLetter) {
    user("karen", Notify::atOnce);
    const auto all = world.parties(consultation);
    news(LetterKind::staffNotReached, all[0].id); // a mail came back …
    news(LetterKind::staffNotReached, all[0].id); // … and the watch over the parties sees it too
    news(LetterKind::staffNotReached, all[1].id);
    EXPECT_EQ(tell(), 2);
    EXPECT_EQ(tell(), 0);
}

TEST_F(NoticeJob, IsNotTwiceAndNotLostWhenItDiesBetweenTwoColleagues) {
    const auto karen = user("karen", Notify::atOnce), ole = user("ole", Notify::atOnce);
    answer(0);
    // The first one's letter is written; then the next one's transaction is lost as a kill would lose it.
    world.database.write([&](sqlite::Tx& tx) { return writeStaffLetters(tx, world.office, karen); });
    EXPECT_THROW(world.database.write([&](sqlite::Tx& tx) {
        EXPECT_EQ(writeStaffLetters(tx, world.office, ole), 1);
        throw std::runtime_error("killed");
    }),
                 std::runtime_error);
    EXPECT_EQ(staffLetters().size(), 1u);
    EXPECT_EQ(tell(), 1);
    EXPECT_EQ(tell(), 0);
    std::vector<std::string> to;
    for (const auto& letter : staffLetters()) to.push_back(letter.toMail);
    EXPECT_THAT(to, ElementsAre("karen@hoering.example", "ole@hoering.example"));
}

TEST_F(NoticeJob, WakesTheClockOnlyForWhatIsToldAtOnce) {
    std::vector<bool> woken;
    world.database.onCommit([&](const sqlite::CommitNews& news) { woken.push_back(news.notices); });
    user("karen", Notify::daily);
    answer(0);
    EXPECT_THAT(woken, Not(::testing::Contains(true)));
    user("ole", Notify::atOnce);
    answer(1);
    EXPECT_TRUE(woken.back());
}

} // namespace
} // namespace hoering
