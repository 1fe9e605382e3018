#include "common/mail_address.h"

#include <algorithm>

#include "common/strings.h"

namespace hoering {

namespace {

bool isAlnum(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// RFC 5322 3.2.3 atext.
bool isAtext(char c) { return isAlnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos; }

bool isLabel(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), [](char c) { return isAlnum(c) || c == '-'; });
}

} // namespace

bool isMailAddress(std::string_view address) {
    const auto at = address.find('@');
    if (address.size() > 254 || at == std::string_view::npos) return false;
    const auto local = address.substr(0, at), domain = address.substr(at + 1);
    if (local.empty() || local.size() > 64) return false;
    for (auto atom : split(local, '.'))
        if (atom.empty() || !std::all_of(atom.begin(), atom.end(), isAtext)) return false;
    const auto labels = split(domain, '.');
    return labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), isLabel);
}

std::string mailDomain(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? std::string() : lowerAscii(address.substr(at + 1));
}

} // namespace hoering
