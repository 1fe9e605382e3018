// The worked example: one open consultation in the middle of its life, one that is over, and a draft the gate stops.
// Not here: how a step is taken (cli/demo_story.h), the folder and what is printed (cli/demo.cpp).
#pragma once

#include <string>

#include "app.h"
#include "common/calendar.h"

namespace hoering::cli {

/// When things happen, counted back and forth from today.
struct ExampleDates {
    LocalDate opened;   // about 12 days ago, Wednesday to Friday
    LocalDate decided;  // two days before
    LocalDate deadline; // a working day, Monday to Thursday, about three weeks ahead
    LocalDate start;    // the first thing that happens at all
};
ExampleDates exampleDates(LocalDate today);

struct Example {
    std::string administrator, secretariat, password; // addresses, and the password of both
    std::string partyName, partyPath, publicPath;     // paths begin with '/'
};
/// Plays the example on an App that is not started. `clock` ends at `now`.
Example playExample(App& app, ManualClock& clock, Instant now);

} // namespace hoering::cli
