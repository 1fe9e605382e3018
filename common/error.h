// What a rule's "no" looks like, as a value that travels up to the page.
// Not here: exceptions (the machine failed; caught in three places, see ARCHITECTURE.md),
// the words (server/text: `key` names a text there), HTTP statuses (server/web/problem).
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hoering {

/// Named values to put into a text's {holes}, in order of writing.
using Args = std::vector<std::pair<std::string, std::string>>;

enum class ErrorKind {
    invalid,   // 422: something typed must be mended; see `fields`
    forbidden, // 403 (404 on personal links)
    notFound,  // 404
    conflict,  // 409: somebody else changed it meanwhile
    closed,    // 409: the state or the deadline does not allow it now
    busy,      // 503: try again in a moment
};

/// One thing to mend, at one form field (`field` is the input's name).
struct FieldError {
    std::string field;
    std::string key; // text key, e.g. "error.title.missing"
    Args args;
};

struct Error {
    ErrorKind kind = ErrorKind::invalid;
    std::string key; // text key of the sentence that sums it up
    Args args;
    std::vector<FieldError> fields;
};

} // namespace hoering
