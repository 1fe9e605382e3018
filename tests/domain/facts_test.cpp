// The small nouns: letters' retries, a party's status, CPR numbers, the checksum of an answer, names as stored.
#include <gmock/gmock.h>

#include "common/crypto.h"
#include "domain/letter.h"
#include "domain/party.h"
#include "domain/personal_data.h"
#include "domain/response.h"
#include "domain/user.h"

using namespace hoering;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

TEST(Retry, ClimbsItsLadderAndEndsAfterFiveDays) {
    const Instant created = fromMillis(1'700'000'000'000);
    const std::chrono::milliseconds waits[] = {1min, 5min, 30min, 2h, 6h, 6h, 6h};
    for (int attempt = 1; attempt <= 7; ++attempt) EXPECT_EQ(retryAfter(attempt, created, created), waits[attempt - 1]);
    EXPECT_EQ(retryAfter(0, created, created), 1min);
    EXPECT_EQ(retryAfter(1000, created, created + 5 * 24h - 6h), 6h);
    EXPECT_EQ(retryAfter(1000, created, created + 5 * 24h - 6h + 1ms), std::nullopt);
    EXPECT_EQ(retryAfter(1, created, created + 6 * 24h), std::nullopt);
}

TEST(UnknownOutcome, IsSentAgainForAllButReminders) {
    for (auto kind : {LetterKind::invitation, LetterKind::informed, LetterKind::receipt, LetterKind::noRemarksReceipt,
                      LetterKind::linkAgain})
        EXPECT_TRUE(sendAgainWhenUnknown(kind));
    EXPECT_FALSE(sendAgainWhenUnknown(LetterKind::reminder));
    EXPECT_FALSE(sendAgainWhenUnknown(LetterKind::overdue));
}

TEST(PartyStatus, FollowsFromWhatIsKnown) {
    PartyFacts facts;
    const auto is = [&](PartyStatus before, PartyStatus after) {
        EXPECT_EQ(statusOf(facts, false), before) << statusName(before);
        EXPECT_EQ(statusOf(facts, true), after) << statusName(after);
    };
    is(PartyStatus::notInvited, PartyStatus::notInvited); // never asked, so it owes no answer
    facts.letters = 1;
    is(PartyStatus::invited, PartyStatus::noAnswer);
    facts.unknown = 1;
    is(PartyStatus::invited, PartyStatus::noAnswer);
    facts.refused = 1;
    is(PartyStatus::bounced, PartyStatus::noAnswer);
    facts.accepted = 1; // one of two contacts got it
    is(PartyStatus::delivered, PartyStatus::noAnswer);
    facts.openedAt = fromMillis(1);
    is(PartyStatus::opened, PartyStatus::noAnswer);
    facts.draftedAt = fromMillis(2);
    is(PartyStatus::drafting, PartyStatus::noAnswer);
    facts.answeredAt = fromMillis(3);
    is(PartyStatus::answered, PartyStatus::answered);
    facts.declined = true;
    is(PartyStatus::declined, PartyStatus::declined);
    facts.declined = false;
    facts.noRemarks = true;
    is(PartyStatus::noRemarks, PartyStatus::noRemarks);
}

TEST(PartyStatus, OfAWithdrawnAnswerIsWithdrawnUntilThePartyWritesAgain) {
    PartyFacts facts;
    facts.letters = facts.accepted = 1;
    facts.openedAt = fromMillis(1);
    facts.draftedAt = fromMillis(2);
    facts.withdrawnAt = fromMillis(4);
    EXPECT_EQ(statusOf(facts, false), PartyStatus::withdrawn) << "the draft is an older correction";
    facts.draftedAt = fromMillis(5);
    EXPECT_EQ(statusOf(facts, false), PartyStatus::drafting);
    EXPECT_EQ(statusOf(facts, true), PartyStatus::withdrawn) << "that draft was never sent";
    facts.joint = true;
    EXPECT_EQ(statusOf(facts, true), PartyStatus::joint);
    facts.joint = false;
    facts.answeredAt = fromMillis(6);
    EXPECT_EQ(statusOf(facts, false), PartyStatus::answered);
    PartyFacts neverInvited;
    neverInvited.withdrawnAt = fromMillis(4);
    EXPECT_EQ(statusOf(neverInvited, true), PartyStatus::withdrawn);
}

TEST(WithdrawalChecksum, ChangesWithTheAnswerAndTheReason) {
    Response response;
    response.receipt = "AAAA-BBBB-CCCC";
    Withdrawal withdrawal;
    const auto none = withdrawalChecksum(response, withdrawal);
    EXPECT_EQ(none, sha256Hex("hoering-withdrawal-1\n14\nAAAA-BBBB-CCCC0\n"));
    withdrawal.reason = "Fejl";
    EXPECT_NE(withdrawalChecksum(response, withdrawal), none);
    response.receipt = "AAAA-BBBB-DDDD";
    withdrawal.reason.clear();
    EXPECT_NE(withdrawalChecksum(response, withdrawal), none);
}

TEST(StandingAnswer, IsTheLastVersionUnlessItWasWithdrawn) {
    EXPECT_EQ(standingAnswer({}), nullptr);
    EXPECT_EQ(withdrawnAnswer({}), nullptr);
    std::vector<Response> versions(2);
    EXPECT_EQ(standingAnswer(versions), &versions[1]);
    versions[1].withdrawal.emplace();
    EXPECT_EQ(standingAnswer(versions), nullptr) << "the first does not come back";
    EXPECT_EQ(withdrawnAnswer(versions), &versions[1]);
    versions.emplace_back();
    EXPECT_EQ(standingAnswer(versions), &versions[2]);
    EXPECT_EQ(withdrawnAnswer(versions), nullptr);
}

TEST(PartyStatus, OfAnAnswerNobodyInvitedIsAnswered) {
    PartyFacts facts;
    facts.answeredAt = fromMillis(3);
    EXPECT_EQ(statusOf(facts, true), PartyStatus::answered);
}

TEST(CprNumbers, AreFoundWithAnySeparator) {
    for (const char* text : {"010203-1234",
                             "0102031234",
                             "010203 1234",
                             "010203 - 1234",
                             "010203\u20131234",
                             "010203\u20111234",
                             "010203\u00a01234",
                             "cpr010203-1234x",
                             "(010203-1234)",
                             "CPR-nr.: 010203-1234.",
                             "010203\u22121234",
                             "010203-\n1234",
                             "010203\n1234",
                             "010203\t1234",
                             "010203-\r\n1234",
                             "010203 -  1234",
                             "010203    1234",
                             "010203\u2009-\u20091234",
                             "010203\u202f1234",
                             "010203\u00ad-1234",
                             "0102\u200b03-1234",
                             "010203_1234",
                             "(010203)1234",
                             "010203 (1234)",
                             "\uff10\uff11\uff10\uff12\uff10\uff13-\uff11\uff12\uff13\uff14"})
        EXPECT_THAT(cprNumbersIn(text), ElementsAre("010203-xxxx")) << text;
}

TEST(CprNumbers, NeedNoCheckDigitAndAreNamedOnce) {
    EXPECT_THAT(cprNumbersIn("311299-0000, 311299-1111 og 010107-4321"), ElementsAre("311299-xxxx", "010107-xxxx"));
    EXPECT_THAT(cprNumbersIn("010203-1234040506-1234"), ElementsAre("010203-xxxx", "040506-xxxx")) << "two cells";
    EXPECT_THAT(cprNumbersIn("01020312340405061234"), ElementsAre("010203-xxxx", "040506-xxxx"));
    std::string hostile;
    for (int i = 0; i < 100'000; ++i) hostile += "0102031234";
    EXPECT_THAT(cprNumbersIn(hostile), IsEmpty()) << "one long number, and read in no time";
    EXPECT_THAT(cprNumbersIn("710190-1234"), ElementsAre("710190-xxxx")) << "a replacement number";
    EXPECT_THAT(cprNumbersIn("010203-1234 010203-4321 020304-1111"), ElementsAre("010203-xxxx", "020304-xxxx"));
}

TEST(CprNumbers, AreFoundWhereTheirDateIsWrittenAsADate) {
    for (const char* text : {"01.02.03-1234", "01-02-03-1234", "01 02 03 1234", "01 02 03-1234", "01/02/03-1234",
                             "01.02.1903-1234", "01-02-1903 - 1234", "01021903-1234", "01 02 1903-1234"})
        EXPECT_THAT(cprNumbersIn(text), ElementsAre("010203-xxxx")) << text;
    for (const char* text : {"den 12.11.2026\n2635 Ish\u00f8j", "12-11-2026 2635 Ish\u00f8j", "01.02.03",
                             "01.02.2003 kl. 12.30", "01.02-03-1234x", "1.2.2003-1234", "01.13.03-1234"})
        EXPECT_THAT(cprNumbersIn(text), IsEmpty()) << text;
}

TEST(CprNumbers, AreNotSeenInOtherNumbers) {
    for (const char* text : {"",
                             "010203",
                             "010203-123",
                             "01020312345",
                             "11010203-1234",
                             "320203-1234",
                             "001203-1234",
                             "011303-1234",
                             "010003-1234",
                             "010203x1234",
                             "43 57 75 75",
                             "2014-0042223",
                             "010203      1234",
                             "310203-12",
                             "310203 12 34",
                             "310299-1234",
                             "310403-1234",
                             "20 12 34 56",
                             "4520123456",
                             "DK12 3000 0000 0000 00",
                             "030.491.021",
                             "00.01.00-A00-6-19",
                             "0102031",
                             "010203-"})
        EXPECT_THAT(cprNumbersIn(text), IsEmpty()) << text;
}

TEST(ResponseChecksum, CanBeWorkedOutByHand) {
    initCrypto();
    StoredFile file;
    file.sha256 = sha256Hex("a file");
    const std::string text = "Bem\u00e6rkninger";
    EXPECT_EQ(responseChecksum(ResponseKind::remarks, text, {file}),
              sha256Hex("hoering-response-1\n7\nremarks13\n" + text + "64\n" + file.sha256));
    EXPECT_EQ(responseChecksum(ResponseKind::noRemarks, "", {}), sha256Hex("hoering-response-1\n10\nno_remarks0\n"));
}

TEST(ResponseChecksum, TellsTextsFromFilesAndKindsApart) {
    initCrypto();
    StoredFile a, b;
    a.sha256 = sha256Hex("a");
    b.sha256 = sha256Hex("b");
    const std::string sums[] = {responseChecksum(ResponseKind::remarks, "t", {}),
                                responseChecksum(ResponseKind::declined, "t", {}),
                                responseChecksum(ResponseKind::remarks, "t ", {}),
                                responseChecksum(ResponseKind::remarks, "t64\n" + a.sha256, {}),
                                responseChecksum(ResponseKind::remarks, "t", {a}),
                                responseChecksum(ResponseKind::remarks, "t", {a, b}),
                                responseChecksum(ResponseKind::remarks, "t", {b, a})};
    for (std::size_t i = 0; i < std::size(sums); ++i)
        for (std::size_t j = 0; j < i; ++j) EXPECT_NE(sums[i], sums[j]) << i << " " << j;
}

TEST(NamesAsStored, AreReadBack) {
    for (auto kind : {LetterKind::invitation, LetterKind::informed, LetterKind::reminder, LetterKind::overdue,
                      LetterKind::receipt, LetterKind::noRemarksReceipt, LetterKind::linkAgain})
        EXPECT_EQ(letterKindFrom(kindName(kind)), kind);
    for (auto state : {LetterState::queued, LetterState::claimed, LetterState::accepted, LetterState::refused,
                       LetterState::unknown, LetterState::cancelled})
        EXPECT_EQ(letterStateFrom(stateName(state)), state);
    for (auto kind : {ResponseKind::remarks, ResponseKind::noRemarks, ResponseKind::declined})
        EXPECT_EQ(responseKindFrom(kindName(kind)), kind);
    for (auto channel : {Channel::online, Channel::mail, Channel::letter, Channel::meeting, Channel::phone})
        EXPECT_EQ(channelFrom(channelName(channel)), channel);
    for (auto role : {PartyRole::consulted, PartyRole::informed}) EXPECT_EQ(partyRoleFrom(roleName(role)), role);
    for (auto role : {Role::reader, Role::secretariat, Role::administrator}) EXPECT_EQ(roleFrom(roleName(role)), role);
    for (auto notify : {Notify::atOnce, Notify::daily, Notify::never})
        EXPECT_EQ(notifyFrom(notifyName(notify)), notify);
    EXPECT_FALSE(notifyFrom("hourly"));
    EXPECT_FALSE(letterKindFrom("spam") || partyRoleFrom("") || roleFrom("root"));
}

} // namespace
