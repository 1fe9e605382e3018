// A deadline: a local date and maybe a time of day in Europe/Copenhagen, and the instant at which it has passed.
// Not here: time zones (common/calendar.h), moving a deadline (server/usecases/extend_deadline, extend_party).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/calendar.h"
#include "common/error.h"
#include "common/result.h"

namespace hoering {

/// Without a time it runs until 24:00 and is shown as "kl. 23.59". With one, the whole minute shown counts: an answer
/// received at 12:00:59 is in time for "kl. 12.00", just as one at 23:59:59 is for "kl. 23.59" (vejledning 9533/2018
/// counts whole days; carried over to the minute).
struct Deadline {
    LocalDate date{};
    std::optional<std::chrono::minutes> time;
    bool secondOfTwo = false; // which of the two, for a minute that exists twice when clocks go back

    /// The first instant at which it is too late.
    Instant endsAt() const;
    /// "2023-10-30", "2023-10-30T12:00" or "2023-10-29T02:30 2".
    std::string stored() const;
    static std::optional<Deadline> fromStored(std::string_view text);
    /// "deadline." + stored(): a value among Args that Words::sentence writes out in the reader's language.
    std::string asArg() const { return "deadline." + stored(); }
    bool operator==(const Deadline&) const = default;
};

/// From what was typed. `which` is "", "1" or "2" and answers the question of a doubled hour.
/// Errors: field "deadline_date" / "deadline_time" with keys error.deadline.date, .time, .gap, .twice.
Result<Deadline> deadlineFromTyped(std::string_view date, std::string_view time, std::string_view which);

/// Something a person should see before going on; `stops` what must be mended first, or, with `toDecide`, what stops
/// until a person has said that it may stand.
struct Finding {
    bool stops = false;
    std::string key; // "finding.…"
    Args args;
    std::string field; // the input it is about, "" for none
    bool toDecide = false;
};

struct PeriodLimits {
    int shortDays = 14;       // under this: a reason is asked for
    int recommendedDays = 28; // vejledning om lovkvalitet 9.1.2: four weeks is fitting
};

/// What to think twice about: in the past (stops), very near, weekend or closed day with the next working day proposed
/// (nothing is moved: product.md rule 2), a short period, much of it in holidays (weeks 7, 28-32, 42, Easter,
/// Christmas).
std::vector<Finding> doubtsAbout(const Deadline& deadline, Now from, const PeriodLimits& limits, bool hasReason);

/// What to think twice about when a deadline is moved to `to`: far away, a weekend or closed day with the next working
/// day proposed, or less than three days from now. Nothing stops: that it is later is the mover's to check.
std::vector<Finding> doubtsAboutMove(const Deadline& to, Now now);

/// Whole days from the day of `from` to the deadline's day.
int daysLeft(const Deadline& deadline, Now from);

} // namespace hoering
