// Every word a person reads comes from here: texts by key in Danish and English, dates, numbers, plurals.
// Not here: the texts themselves (da.json, en.json), letters (letters.h), Markdown (markdown.h).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/calendar.h"
#include "common/error.h"
#include "domain/deadline.h"

namespace hoering::text {

/// Lets a text be looked up by a string_view without making a string of it.
struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};
/// One language's texts: key -> text with {holes}.
using Texts = std::unordered_map<std::string, std::string, KeyHash, std::equal_to<>>;

/// The names of a text's holes ("{days}" -> "days"), in order of writing. A hole is a brace, [a-z_]+, a brace.
std::vector<std::string> holesIn(std::string_view text);
/// Puts values in holes; a hole without a value stays as written. Values are never looked into.
std::string fill(std::string_view text, const Args& args);

/// Both languages, read once at start. Throws std::runtime_error naming every key missing in one of them.
class Catalogue {
  public:
    Catalogue();
    const Texts& of(std::string_view language) const; // anything but "en" is Danish

  private:
    Texts danish_, english_;
};

/// The texts of one language, for one page or letter. Cheap to copy.
class Words {
  public:
    Words(const Catalogue& catalogue, std::string_view language);
    std::string_view language() const { return language_; } // "da" or "en"

    /// The text of a key with its holes filled. An unknown key is a bug: it throws std::logic_error naming it.
    std::string operator()(std::string_view key, const Args& args = {}) const;
    bool has(std::string_view key) const;
    /// Key + ".one" or ".other", with {n} filled: "1 dag", "3 dage".
    std::string count(std::string_view key, long long n, Args args = {}) const;
    /// An Error's or Finding's args may hold ISO dates (value "2023-10-30") and keys of closed vocabularies (values
    /// "holiday.…", "state.…", "channel.…" and so on) and deadlines (Deadline::asArg): they are turned into words
    /// before the text is filled.
    std::string sentence(std::string_view key, const Args& args) const;

    std::string date(LocalDate date) const;         // "30. oktober 2023" / "30 October 2023"
    std::string weekdayDate(LocalDate date) const;  // "mandag den 30. oktober 2023"
    std::string moment(Instant instant) const;      // "30. oktober 2023 kl. 14.05"
    std::string momentExact(Instant instant) const; // "30. oktober 2023 kl. 14.05.09"
    std::string momentShort(Instant instant) const; // "30.10.2023 kl. 14.05"
    // In the hour that exists twice when clocks go back, a moment or deadline says which: "(sommertid)", "(vintertid)".
    std::string deadline(const Deadline& deadline) const;      // "mandag den 30. oktober 2023 kl. 23.59"
    std::string deadlineShort(const Deadline& deadline) const; // "30.10.2023 kl. 23.59"
    std::string timeOfDay(std::chrono::minutes time) const;    // "kl. 9.00" / "9:00"
    /// "i dag er sidste dag", "1 dag tilbage", "12 dage tilbage"; under 0 "fristen er passeret".
    std::string daysLeft(int days) const;
    std::string number(long long n) const;               // 1.234 / 1,234
    std::string decimal(double value, int places) const; // 1.234,5 / 1,234.5; places 0-9
    std::string size(std::uint64_t bytes) const;         // "1,2 MB"; 1 MB is 1024 kB, as the limits on uploads count

  private:
    const std::string& text(std::string_view key) const;
    std::string clock(LocalTime local, bool seconds) const;
    std::string season(LocalTime local, bool second) const;
    std::string shortDate(LocalDate date) const;
    std::string momentWith(Instant instant, const std::string& date, bool seconds) const;

    const Texts* texts_;
    std::string language_;
};

} // namespace hoering::text
