// When a party counts as not reached, and when somebody must hear of it.
#include "domain/not_reached.h"

#include <gmock/gmock.h>

using namespace hoering;
using namespace std::chrono_literals;

namespace {

const Instant now = fromMillis(1'700'000'000'000);

LetterFate fate(LetterState state, bool bounced = false, std::chrono::milliseconds age = 48h) {
    return {state, bounced, now - age};
}
std::optional<NotReached> of(std::vector<LetterFate> letters, bool showedUp = false) {
    return notReached({std::move(letters), showedUp}, now);
}

TEST(NotReached, ATakenLetterReachesWhateverBecameOfTheOthers) {
    EXPECT_EQ(of({fate(LetterState::accepted)}), std::nullopt);
    EXPECT_EQ(of({fate(LetterState::refused), fate(LetterState::accepted), fate(LetterState::unknown)}), std::nullopt);
}

TEST(NotReached, ALetterThatCameBackReachedNobody) {
    EXPECT_EQ(of({fate(LetterState::accepted, true)}), NotReached::refused);
    EXPECT_EQ(of({fate(LetterState::accepted, true), fate(LetterState::accepted)}), std::nullopt);
}

TEST(NotReached, WhoShowedUpIsReachedThoughEveryLetterFailed) {
    EXPECT_EQ(of({fate(LetterState::refused)}, true), std::nullopt);
    EXPECT_EQ(of({}, true), std::nullopt);
}

TEST(NotReached, NamesTheWorstThatIsCertain) {
    EXPECT_EQ(of({}), NotReached::noLetter);
    EXPECT_EQ(of({fate(LetterState::cancelled)}), NotReached::noLetter);
    EXPECT_EQ(of({fate(LetterState::refused), fate(LetterState::cancelled)}), NotReached::refused);
    EXPECT_EQ(of({fate(LetterState::refused), fate(LetterState::unknown)}), NotReached::unknown);
    EXPECT_EQ(of({fate(LetterState::refused), fate(LetterState::queued)}), NotReached::waiting);
}

TEST(NotReached, ALetterOnItsWayIsGivenFourHours) {
    for (const auto state : {LetterState::queued, LetterState::claimed}) {
        EXPECT_EQ(of({fate(state, false, 4h - 1ms)}), std::nullopt);
        EXPECT_EQ(of({fate(state, false, 4h)}), NotReached::waiting);
        EXPECT_EQ(of({fate(LetterState::refused), fate(state, false, 1min)}), std::nullopt) << "it may come any moment";
    }
}

TEST(TellOfIt, RefusedAtOnceTheRestFiveWorkingDaysBeforeTheDeadline) {
    const auto deadline = *Deadline::fromStored("2026-12-01"); // a Tuesday
    const auto at = [](const char* day) {
        return nowFrom(toInstant(atTime(*parseIsoDate(day), std::chrono::hours{9})));
    };
    EXPECT_TRUE(tellOfIt(NotReached::refused, deadline, at("2026-11-02"), 5));
    EXPECT_TRUE(tellOfIt(NotReached::noLetter, deadline, at("2026-11-02"), 5));
    for (const auto reason : {NotReached::unknown, NotReached::waiting}) {
        EXPECT_FALSE(tellOfIt(reason, deadline, at("2026-11-23"), 5)) << "a Monday, six working days before";
        EXPECT_TRUE(tellOfIt(reason, deadline, at("2026-11-24"), 5));
        EXPECT_TRUE(tellOfIt(reason, deadline, at("2026-12-01"), 5));
        EXPECT_FALSE(tellOfIt(reason, deadline, at("2026-12-02"), 5));
        EXPECT_FALSE(tellOfIt(reason, deadline, at("2026-11-30"), 0)) << "0: on the last day";
        EXPECT_TRUE(tellOfIt(reason, deadline, at("2026-12-01"), 0));
    }
    EXPECT_FALSE(tellOfIt(NotReached::refused, deadline, at("2026-12-02"), 5)) << "nothing can be mended any more";
}

} // namespace
