// A response (høringssvar), always with its version, its withdrawal, and the draft it grows from.
// Not here: submitting and withdrawing (server/usecases/submit_response, withdraw_response), personal data in it
// (personal_data.h).
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

enum class Channel { online, mail, letter, meeting, phone }; // by phone a response is only withdrawn
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

/// A response its party took back. It stays stored as it is, and counts as none.
struct Withdrawal {
    Instant at{}; // when the party said so
    Channel channel = Channel::online;
    std::string reason;      // the party's, "" for none
    std::string receipt;     // its own number
    std::string withdrawnBy; // the contact's name or address, "" when it came another way
    // One that came another way: the colleague who wrote it in, and when.
    std::optional<std::int64_t> registrar;
    std::string registeredBy;
    std::optional<Instant> registeredAt;
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
    std::optional<Withdrawal> withdrawal;
};

/// What may be a CPR number is in its text, in the reason it was withdrawn for, or in the name or contents of one of
/// its files.
bool mayHoldCpr(const Response& response);

/// The response that stands, of one party's versions (oldest first): the last one, unless it was withdrawn – a version
/// that was replaced does not come back by that. The one rule on whether a party has answered; nullptr: it has not.
const Response* standingAnswer(const std::vector<Response>& versions);
/// The last version, if it was withdrawn.
const Response* withdrawnAnswer(const std::vector<Response>& versions);

/// SHA-256 (hex) over "hoering-response-1\n", then kind, text and each file's SHA-256, each preceded by its length in
/// bytes and a newline: what the receipt shows, so that anyone with the text and files can work it out again.
std::string responseChecksum(ResponseKind kind, std::string_view text, const std::vector<StoredFile>& files);
/// SHA-256 (hex) over "hoering-withdrawal-1\n", then the response's receipt and the reason, each preceded by its length
/// in bytes and a newline: the journal keeps it instead of the party's words.
std::string withdrawalChecksum(const Response& response, const Withdrawal& withdrawal);

} // namespace hoering
