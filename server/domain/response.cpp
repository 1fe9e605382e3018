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
    }
    return "";
}

Channel channelFrom(std::string_view name) {
    for (Channel channel : {Channel::mail, Channel::letter, Channel::meeting})
        if (channelName(channel) == name) return channel;
    return Channel::online;
}

bool mayHoldCpr(const Response& response) {
    return !cprNumbersIn(response.text).empty() || std::any_of(response.files.begin(), response.files.end(),
                                                               [](const auto& file) { return !cprIn(file).empty(); });
}

std::string responseChecksum(ResponseKind kind, std::string_view text, const std::vector<StoredFile>& files) {
    Sha256 hash;
    hash.update("hoering-response-1\n");
    auto part = [&](std::string_view bytes) {
        hash.update(std::to_string(bytes.size()) + "\n");
        hash.update(bytes);
    };
    part(kindName(kind));
    part(text);
    for (const auto& file : files) part(file.sha256);
    return hash.hex();
}

} // namespace hoering
