#include "bounces/report.h"

#include <algorithm>
#include <map>

#include "common/strings.h"

namespace hoering::bounces {
namespace {

constexpr std::size_t mostIds = 40, longestId = 250;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isAlnum(char c) { return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// What stands in an address or a Message-ID (RFC 5322 dot-atom), with the '@'.
bool isAtom(char c) {
    return isAlnum(c) || (c != '\0' && std::string_view("@!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos);
}

bool hasOneAt(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == text.npos;
}

void add(std::vector<std::string>& ids, std::string_view id) {
    while (!id.empty() && id.back() == '.') id.remove_suffix(1);
    if (ids.size() >= mostIds || id.size() > longestId || !hasOneAt(id)) return;
    if (!std::all_of(id.begin(), id.end(), isAtom)) return;
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.emplace_back(id);
}

/// The address in "rfc822; <ole@x.dk>", "Ole <ole@x.dk>", "ole@x.dk".
std::string addressIn(std::string_view text) {
    if (const auto type = text.find(';'); type != std::string_view::npos) text.remove_prefix(type + 1);
    const auto at = text.find('@');
    if (at == std::string_view::npos) return "";
    auto from = at, to = at;
    while (from > 0 && isAtom(text[from - 1]) && text[from - 1] != '@') --from;
    while (to + 1 < text.size() && isAtom(text[to + 1]) && text[to + 1] != '@') ++to;
    auto address = text.substr(from, to - from + 1);
    while (!address.empty() && address.back() == '.') address.remove_suffix(1);
    return address.size() <= 254 && hasOneAt(address) ? std::string(address) : "";
}

/// "5.1.1" at the start of the text, "" if there is none (RFC 3463: class 2, 4 or 5).
std::string statusAt(std::string_view text) {
    if (text.size() < 5 || (text[0] != '2' && text[0] != '4' && text[0] != '5') || text[1] != '.') return "";
    std::size_t at = 2, digits = 0;
    while (at < text.size() && isDigit(text[at])) ++at, ++digits;
    if (digits == 0 || digits > 3 || at >= text.size() || text[at] != '.') return "";
    digits = 0;
    for (++at; at < text.size() && isDigit(text[at]); ++at) ++digits;
    if (digits == 0 || digits > 3) return "";
    // Four numbers are an address on the network, not a status.
    if (at + 1 < text.size() && text[at] == '.' && isDigit(text[at + 1])) return "";
    return std::string(text.substr(0, at));
}

std::string statusIn(std::string_view text) {
    for (std::size_t at = 0; at + 4 < text.size(); ++at) {
        if (at > 0 && (isAlnum(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == '-')) continue;
        if (auto status = statusAt(text.substr(at)); !status.empty() && status[0] != '2') return status;
    }
    return "";
}

/// Where an SMTP reply such as "550 5.1.1 no such user" begins in a line; npos if there is none.
std::size_t replyIn(std::string_view line) {
    for (std::size_t at = 0; at + 4 < line.size(); ++at) {
        if (at > 0 && (isAlnum(line[at - 1]) || line[at - 1] == '.' || line[at - 1] == '-')) continue;
        const bool code = (line[at] == '4' || line[at] == '5') && line[at + 1] >= '0' && line[at + 1] <= '7' &&
                          isDigit(line[at + 2]) && (line[at + 3] == ' ' || line[at + 3] == '-');
        if (code && at + 5 < line.size()) return at;
    }
    return std::string_view::npos;
}

bool hasAny(std::string_view text, std::initializer_list<std::string_view> phrases) {
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](auto phrase) { return text.find(phrase) != std::string_view::npos; });
}

/// The words before the copy of the mail that many reports end with: nothing in the copy is about its delivery.
std::string_view beforeTheCopy(std::string_view text) {
    const std::string lower = lowerAscii(text);
    std::size_t end = text.size();
    for (std::string_view mark :
         {"this is a copy of", "below this line is a copy", "original message", "original headers", "returned message",
          "oprindelige meddelelse", "oprindelig besked", "\nreceived: ", "\nreturn-path: "})
        end = std::min(end, lower.find(mark));
    return text.substr(0, end);
}

int weight(std::string_view action) {
    if (action == "failed") return 5;
    if (action == "delayed") return 4;
    if (action == "expanded") return 3;
    if (action == "relayed") return 2;
    return action == "delivered" ? 1 : 0;
}

using Fields = std::map<std::string, std::string, std::less<>>;

/// Groups of "Name: value" lines parted by blank ones; a line that begins with a blank goes on with the one before.
std::vector<Fields> groupsOf(std::string_view text) {
    std::vector<Fields> groups(1);
    std::string* last = nullptr;
    for (auto line : split(text, '\n')) {
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (trim(line).empty()) {
            if (!groups.back().empty() && groups.size() < 200) groups.emplace_back();
            last = nullptr;
        } else if (line[0] == ' ' || line[0] == '\t') {
            if (last && last->size() < 4'000) last->append(" ").append(trim(line));
        } else if (const auto colon = line.find(':'); colon != std::string_view::npos && groups.back().size() < 50) {
            last = &groups.back()[lowerAscii(trim(line.substr(0, colon)))];
            if (last->empty()) *last = std::string(trim(line.substr(colon + 1)));
        } else {
            last = nullptr;
        }
    }
    return groups;
}

std::string_view firstWord(std::string_view text) { return text.substr(0, text.find_first_of(" \t;(")); }

} // namespace

std::string oneLine(std::string_view text, std::size_t longest) {
    std::string sound(text.substr(0, longest * 8));
    if (!isUtf8(sound))
        for (char& c : sound)
            if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    std::string line;
    for (const char c : cleanLine(sound))
        if (c != ' ' || (!line.empty() && line.back() != ' ')) line += c;
    return std::string(firstCodePoints(line, longest));
}

std::optional<ReturnedMail> fromDeliveryStatus(std::string_view text) {
    std::optional<ReturnedMail> found;
    for (const auto& group : groupsOf(text)) {
        const auto get = [&](std::string_view name) {
            const auto field = group.find(name);
            return field == group.end() ? std::string() : field->second;
        };
        const std::string action = lowerAscii(firstWord(get("action")));
        if (weight(action) == 0 || (found && weight(action) <= weight(found->action))) continue;
        ReturnedMail mail;
        mail.action = action;
        mail.status = statusAt(get("status"));
        std::string said = get("diagnostic-code");
        if (const auto type = said.find(';'); type != std::string::npos && type < 20) said.erase(0, type + 1);
        mail.diagnostic = oneLine(said);
        mail.recipient = addressIn(get("final-recipient"));
        if (mail.recipient.empty()) mail.recipient = addressIn(get("original-recipient"));
        found = std::move(mail);
    }
    return found;
}

ReturnedMail fromWords(std::string_view text) {
    const auto words = beforeTheCopy(text);
    const std::string lower = lowerAscii(words);
    ReturnedMail mail;
    if (hasAny(lower, {"delayed", "delivery delay", "will keep trying", "still trying", "not yet been delivered",
                       "no action is required", "will be retried", "forsinket", "pr\xC3\xB8ver igen"}))
        mail.action = "delayed";
    mail.status = statusIn(words);
    for (const auto line : split(words, '\n'))
        if (const auto at = replyIn(line); at != std::string_view::npos) {
            mail.diagnostic = oneLine(line.substr(at));
            break;
        }
    for (auto at = words.find('@'); at != std::string_view::npos && mail.recipient.empty();
         at = words.find('@', at + 1)) {
        const auto start = at - std::min<std::size_t>(at, 100); // around it, and no further: a line may be long
        const auto before = words.substr(start, at - start), after = words.substr(at, 260);
        const auto line = before.rfind('\n');
        mail.recipient = addressIn(std::string(line == std::string_view::npos ? before : before.substr(line + 1)) +
                                   std::string(after.substr(0, after.find('\n'))));
    }
    return mail;
}

bool speaksOfDelivery(std::string_view text) {
    return hasAny(lowerAscii(text),
                  {"undeliver", "delivery status notification", "delivery failure", "delivery has failed",
                   "delivery failed", "mail delivery", "failure notice", "returned mail", "could not be delivered",
                   "couldn't be delivered", "wasn't able to deliver", "wasn't delivered", "kunne ikke leveres",
                   "ikke leveret", "kan ikke leveres", "returned to sender", "delivery delay"});
}

void addMessageIdsOfField(std::vector<std::string>& ids, std::string_view value) {
    for (std::size_t at = 0; (at = value.find('<', at)) != std::string_view::npos && ids.size() < mostIds; ++at) {
        const auto end = value.find('>', at);
        if (end == std::string_view::npos) return;
        add(ids, value.substr(at + 1, end - at - 1));
    }
}

void addMessageIds(std::vector<std::string>& ids, std::string_view text) {
    const std::string lower = lowerAscii(text);
    for (std::size_t at = 0; (at = lower.find("message-id", at)) != std::string::npos && ids.size() < mostIds; ++at) {
        const auto window = text.substr(at, longestId + 40); // the id may stand on the next line
        addMessageIdsOfField(ids, window.substr(0, window.find('>') == window.npos ? 0 : window.find('>') + 1));
    }
    // Anywhere: what has the shape of our own, 32 hexadecimal digits before the '@'.
    for (std::size_t at = 0; (at = text.find('@', at)) != std::string_view::npos && ids.size() < mostIds; ++at) {
        const auto isHex = [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); };
        if (at < 32 || !std::all_of(text.begin() + at - 32, text.begin() + at, isHex)) continue;
        auto end = at + 1;
        while (end < text.size() && isAtom(text[end]) && text[end] != '@') ++end;
        add(ids, text.substr(at - 32, end - at + 32));
    }
}

} // namespace hoering::bounces
