// JSON log lines on stderr, one object a line. Never put a token, a text or an address in a field.
// Not here: the journal (server/domain/audit.h), which is the record of acts.
#pragma once

#include <initializer_list>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace hoering::log {

enum class Level { debug, info, warn, error };
using Value = std::variant<long long, double, bool, std::string>;
using Fields = std::initializer_list<std::pair<std::string_view, Value>>;

void setLevel(Level level);
/// {"at":"…Z","level":"info","event":"request","file":"…:12",…fields}. `file` only for warn and error.
void write(Level level, std::string_view event, Fields fields = {},
           std::source_location where = std::source_location::current());

inline void info(std::string_view event, Fields fields = {},
                 std::source_location where = std::source_location::current()) {
    write(Level::info, event, fields, where);
}
inline void warn(std::string_view event, Fields fields = {},
                 std::source_location where = std::source_location::current()) {
    write(Level::warn, event, fields, where);
}
inline void error(std::string_view event, Fields fields = {},
                  std::source_location where = std::source_location::current()) {
    write(Level::error, event, fields, where);
}

} // namespace hoering::log
