#include "domain/extension.h"

#include <gmock/gmock.h>

#include "domain/access.h"

namespace hoering {
namespace {

using namespace std::chrono_literals;

struct Extension : ::testing::Test {
    Extension() {
        about.state = ConsultationState::open;
        about.text.deadline = Deadline{parseIsoDate("2026-10-25").value(), std::nullopt, false}; // clocks go back
    }
    Asking ask(Instant now) { return mayAskExtension(about, party, now, 30); }
    Consultation about;
    Party party;
};

TEST_F(Extension, IsAskedForUntilTheGraceIsOver) {
    const Instant ends = about.text.deadline->endsAt();
    EXPECT_EQ(ends, toInstant(atTime(parseIsoDate("2026-10-26").value(), 0min)));
    EXPECT_EQ(ask(ends - 1ms), Asking::inTime);
    EXPECT_EQ(ask(ends), Asking::afterDeadline);
    EXPECT_EQ(ask(ends + std::chrono::days{30} - 1ms), Asking::afterDeadline);
    EXPECT_EQ(ask(ends + std::chrono::days{30}), Asking::no);
}

TEST_F(Extension, IsAskedForAgainstTheDeadlineThatCounts) {
    party.ownDeadline = Deadline{parseIsoDate("2026-11-05").value(), std::nullopt, false};
    EXPECT_EQ(ask(party.ownDeadline->endsAt() - 1ms), Asking::inTime);
    EXPECT_EQ(ask(party.ownDeadline->endsAt()), Asking::afterDeadline);
}

TEST_F(Extension, FollowsFromTheState) {
    const Instant before = about.text.deadline->endsAt() - 24h;
    const auto may = [&](ConsultationState state, std::optional<Instant> closedAt) {
        about.state = state;
        about.closedAt = closedAt;
        return std::make_tuple(mayExtend(about), mayExtendOne(about), ask(before) != Asking::no);
    };
    const auto all = std::make_tuple(true, true, true), none = std::make_tuple(false, false, false),
               onlyAll = std::make_tuple(true, false, false);
    EXPECT_EQ(may(ConsultationState::open, {}), all);
    EXPECT_EQ(may(ConsultationState::closed, about.text.deadline->endsAt()), all);
    EXPECT_EQ(may(ConsultationState::closed, before), onlyAll) << "closed early";
    for (const auto state : {ConsultationState::draft, ConsultationState::concluded, ConsultationState::cancelled})
        EXPECT_EQ(may(state, {}), none) << stateName(state);
}

TEST_F(Extension, ThePublicHearsOnlyOfMovesForAll) {
    const std::vector<DeadlineChange> all{{.id = 1}, {.id = 2, .party = 7}, {.id = 3, .party = 8}, {.id = 4}};
    const auto ids = [&](std::optional<std::int64_t> reader) {
        std::vector<std::int64_t> found;
        for (const auto& each : changesSeenBy(all, reader)) found.push_back(each.id);
        return found;
    };
    EXPECT_THAT(ids({}), ::testing::ElementsAre(1, 4));
    EXPECT_THAT(ids(7), ::testing::ElementsAre(1, 2, 4));
}

TEST_F(Extension, RequestStatesAreStoredByName) {
    for (const auto state : {RequestState::asked, RequestState::granted, RequestState::refused})
        EXPECT_EQ(requestStateFrom(stateName(state)), state);
}

} // namespace
} // namespace hoering
