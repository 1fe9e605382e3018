// A form being filled in: what stands in each field, and what is wrong with it, on the first look and on the next.
// Not here: how a field looks (components.h).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "common/error.h"
#include "http/request.h"
#include "text/words.h"

namespace hoering::web {

class Form {
  public:
    /// First look: values come from what is stored.
    explicit Form(const text::Words& words) : words_(words) {}
    /// After a refusal: values come from what was typed, errors from the rule that said no.
    Form(const text::Words& words, const http::Request& typed, const Error& error)
        : words_(words), typed_(&typed), error_(&error) {}

    /// What to put into the field: as typed if there was a try, else `stored`. Broken UTF-8 is mended with U+FFFD.
    std::string value(std::string_view field, std::string_view stored = "") const;
    bool checked(std::string_view field, bool stored) const;
    /// The field's error as a sentence, or nothing.
    std::optional<std::string> error(std::string_view field) const;
    const Error* refusal() const { return error_; }
    bool triedBefore() const { return typed_ != nullptr; }
    const text::Words& words() const { return words_; }

  private:
    const text::Words& words_;
    const http::Request* typed_ = nullptr;
    const Error* error_ = nullptr;
};

/// Ill-formed sequences become U+FFFD, so that what was typed can be shown again.
std::string mendUtf8(std::string_view text);

} // namespace hoering::web
