// What the verbs in this room need of the house they work in: its texts, its name, its key, its limits.
// Not here: the data (a Tx is handed in), the settings file (server/settings.h).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "common/crypto.h"
#include "domain/deadline.h"
#include "domain/keys.h"
#include "domain/reminder.h"
#include "domain/second_step.h"
#include "text/letters.h"
#include "text/words.h"

namespace hoering {

struct Office {
    const text::Catalogue& texts;
    text::House house;
    Keys keys;
    PeriodLimits period;
    std::vector<ReminderStep> defaultReminders;
    int linkGraceDays = 30;
    std::size_t filesPerAnswer = 10;
    std::chrono::minutes sessionIdle{60};
    std::chrono::hours sessionLength{10};
    std::size_t passwordMinLength = 12;
    PasswordCost passwordCost;
    std::size_t releaseAbove = 0; // acts that write more letters wait for a second person; 0: none do
    int notReachedWorkdays = 5;   // staff are told of a party not reached this many working days before its deadline
    TwoSteps twoSteps = TwoSteps::optional;

    text::Words words(std::string_view language) const { return text::Words(texts, language); }
};

} // namespace hoering
