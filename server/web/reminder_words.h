// How steps, planned times and reasons read on the office's pages.
// Not here: the pages (reminder_pages, upcoming_view, adjust_pages), dates themselves (server/text/words.h).
#pragma once

#include <string>
#include <string_view>

#include "domain/reminder.h"
#include "text/words.h"

namespace hoering::web {

/// "10 hverdage før fristen, kl. 9.00"; "1 hverdag efter fristen, kl. 9.00".
std::string stepWords(const text::Words& words, const ReminderStep& step);
/// The same of a stored name ("10 workdays 09:00"); one that is no step stands as it is.
std::string stepWords(const text::Words& words, std::string_view name);
/// "8 dage før fristen", of a stored name: where the time that counts stands beside it (a step may have been moved).
std::string stepDays(const text::Words& words, std::string_view name);
/// "mandag den 30. november 2026 kl. 9.00"
std::string localWords(const text::Words& words, LocalTime local);
/// The same of a stored local time ("2026-11-30T09:00:00"); anything else stands as it is.
std::string localWords(const text::Words& words, std::string_view stored);
/// A stored reason: a text key, or an officer's words as they are.
std::string reasonWords(const text::Words& words, const std::string& reason);

} // namespace hoering::web
