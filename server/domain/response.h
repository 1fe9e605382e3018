// A response (høringssvar), always with its version, and the draft it grows from.
// Not here: submitting (server/usecases/submit_response), personal data in it (personal_data.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/consultation.h"

namespace hoering {

enum class ResponseKind { remarks, noRemarks, declined };
std::string_view kindName(ResponseKind kind); // as stored; text key "response_kind.…"
ResponseKind responseKindFrom(std::string_view name);

enum class Channel { online, mail, letter, meeting };
std::string_view channelName(Channel channel);
Channel channelFrom(std::string_view name);

/// Code points an answer may have; a book, not an accident.
inline constexpr std::size_t longestResponse = 200'000;

struct Draft {
    std::int64_t party = 0;
    std::string text;
    std::int64_t version = 0; // 0: nothing stored yet
    std::string submissionKey;
    Instant updatedAt{};
    std::string updatedBy; // the contact's name or address
    std::vector<StoredFile> files;
};

/// Submitted: immutable. A correction is a new version.
struct Response {
    std::int64_t id = 0, consultation = 0, party = 0;
    int version = 1;
    ResponseKind kind = ResponseKind::remarks;
    Channel channel = Channel::online;
    bool late = false;
    std::string text;
    Instant receivedAt{};
    std::string submittedBy;
    std::string receipt, checksum;
    std::vector<StoredFile> files;
    // An answer that came another way: the colleague who wrote it in, and when; receivedAt stays when it came.
    std::optional<std::int64_t> registrar;
    std::string registeredBy;
    std::optional<Instant> registeredAt;
};

/// What may be a CPR number is in its text, or in the name or contents of one of its files.
bool mayHoldCpr(const Response& response);

/// SHA-256 (hex) over "hoering-response-1\n", then kind, text and each file's SHA-256, each preceded by its length in
/// bytes and a newline: what the receipt shows, so that anyone with the text and files can work it out again.
std::string responseChecksum(ResponseKind kind, std::string_view text, const std::vector<StoredFile>& files);

} // namespace hoering
