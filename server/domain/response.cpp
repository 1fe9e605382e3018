#include "domain/response.h"

#include <algorithm>

#include "common/crypto.h"
#include "domain/personal_data.h"

namespace hoering {
std::string_view kindName(ResponseKind kind) {
    switch (kind) {
    case ResponseKind::remarks: return "remarks";
    case ResponseKind::noRemarks: return "no_remarks";
    case ResponseKind::declined: return "declined";
    }
    return "";
}

ResponseKind responseKindFrom(std::string_view name) {
    if (name == "no_remarks") return ResponseKind::noRemarks;
    return name == "declined" ? ResponseKind::declined : ResponseKind::remarks;
}

std::string_view channelName(Channel channel) {
    switch (channel) {
    case Channel::online: return "online";
    case Channel::mail: return "mail";
    case Channel::letter: return "letter";
    case Channel::meeting: return "meeting";
    case Channel::phone: return "phone";
    }
    return "";
}

Channel channelFrom(std::string_view name) {
    for (Channel channel : {Channel::mail, Channel::letter, Channel::meeting, Channel::phone})
        if (channelName(channel) == name) return channel;
    return Channel::online;
}

bool mayHoldCpr(const Response& response) {
    if (response.withdrawal && !cprNumbersIn(response.withdrawal->reason).empty()) return true;
    return !cprNumbersIn(response.text).empty() || std::any_of(response.files.begin(), response.files.end(),
                                                               [](const auto& file) { return !cprIn(file).empty(); });
}

const Response* standingAnswer(const std::vector<Response>& versions) {
    return versions.empty() || versions.back().withdrawal ? nullptr : &versions.back();
}

const Response* withdrawnAnswer(const std::vector<Response>& versions) {
    return versions.empty() || !versions.back().withdrawal ? nullptr : &versions.back();
}

std::string responseChecksum(ResponseKind kind, std::string_view text, const std::vector<StoredFile>& files) {
    Sha256 hash;
    hash.update("hoering-response-1\n");
    hash.updatePart(kindName(kind));
    hash.updatePart(text);
    for (const auto& file : files) hash.updatePart(file.sha256);
    return hash.hex();
}

std::string withdrawalChecksum(const Response& response, const Withdrawal& withdrawal) {
    Sha256 hash;
    hash.update("hoering-withdrawal-1\n");
    hash.updatePart(response.receipt);
    hash.updatePart(withdrawal.reason);
    return hash.hex();
}

} // namespace hoering
