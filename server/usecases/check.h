// What several verbs ask of typed text: well-formed, not too long, not missing. Collects all that is wrong.
// Not here: rules of one verb (its own file).
#pragma once

#include <string>
#include <string_view>

#include "common/error.h"

namespace hoering {

class Check {
  public:
    /// One line: cleaned. `required` adds "error.<field>.missing".
    std::string line(const char* field, std::string_view typed, std::size_t longest, bool required = false);
    /// Many lines: cleaned.
    std::string text(const char* field, std::string_view typed, std::size_t longest, bool required = false);
    /// An address letters can go to, as it travels (domain/typed_mail.h); "" is let through unless `required`.
    std::string mail(const char* field, std::string_view typed, bool required = false);
    void fail(std::string field, std::string key, Args args = {});

    bool ok() const { return error_.fields.empty(); }
    const Error& error() const { return error_; }

  private:
    Error error_{ErrorKind::invalid, "error.form", {}, {}};
};

} // namespace hoering
