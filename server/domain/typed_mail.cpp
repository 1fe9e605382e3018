#include "domain/typed_mail.h"

#include <algorithm>
#include <array>
#include <optional>

#include <unicode/uidna.h>

#include "common/mail_address.h"
#include "common/strings.h"

namespace hoering {

namespace {

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

std::optional<std::string> toALabels(std::string_view domain) {
    static UIDNA* const rules = [] {
        UErrorCode trouble = U_ZERO_ERROR;
        return uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_CHECK_BIDI |
                                   UIDNA_CHECK_CONTEXTJ | UIDNA_USE_STD3_RULES,
                               &trouble);
    }();
    std::array<char, 256> out{};
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode trouble = U_ZERO_ERROR;
    const auto size = uidna_nameToASCII_UTF8(rules, domain.data(), static_cast<std::int32_t>(domain.size()), out.data(),
                                             static_cast<std::int32_t>(out.size()), &info, &trouble);
    if (U_FAILURE(trouble) || info.errors != 0 || size > static_cast<std::int32_t>(out.size())) return std::nullopt;
    return std::string(out.data(), static_cast<std::size_t>(size));
}

Error refused(const char* key, std::string_view typed) {
    return Error{ErrorKind::invalid, key, {{"mail", isUtf8(typed) ? cleanLine(typed) : std::string()}}, {}};
}

} // namespace

Result<std::string> mailAddressFrom(std::string_view typed) {
    const auto address = trim(typed);
    const auto at = address.rfind('@');
    if (address.size() > 1000 || at == std::string_view::npos || !isUtf8(address))
        return refused("error.mail.address", firstCodePoints(isUtf8(address) ? address : std::string_view(), 254));
    const auto local = address.substr(0, at);
    std::string domain(address.substr(at + 1));
    if (!isAscii(domain) || lowerAscii(domain).find("xn--") != std::string::npos) {
        auto labels = toALabels(domain);
        if (!labels) return refused("error.mail.address", address);
        domain = std::move(*labels);
    }
    if (!isAscii(local) && isMailAddress("x@" + domain)) return refused("error.mail.local_part", address);
    std::string whole = std::string(local) + "@" + domain;
    if (!isMailAddress(whole)) return refused("error.mail.address", address);
    return whole;
}

std::string mailAsStored(std::string_view typed) {
    auto address = mailAddressFrom(typed);
    return address ? std::move(*address) : std::string(trim(typed));
}

} // namespace hoering
