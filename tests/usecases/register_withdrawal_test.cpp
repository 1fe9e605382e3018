// A withdrawal that came by mail, letter, phone or at a meeting, written in by the office.
#include "usecases/register_withdrawal.h"

#include <gmock/gmock.h>

#include "support/acting.h"
#include "usecases/close_consultation.h"
#include "usecases/register_response.h"
#include "usecases/withdrawing.h"

namespace hoering {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
