// What a mail address is, as it travels: the one rule for forms, settings and the wire.
// Not here: typed addresses with a domain such as rådhus.dk (server/domain/typed_mail.h), names beside them
// (server/smtp/mime).
#pragma once

#include <string>
#include <string_view>

namespace hoering {

/// One '@', ASCII local part and domain of at most 254 characters together, no control characters, spaces, quotes, '<'
/// or '>', a dot in the domain. (RFC 5321 4.1.2 narrowed to what arrives: a dot-atom of at most 64 characters, then
/// labels of letters, digits and inner hyphens; no quoted local parts, no address literals, no raw UTF-8: a Danish
/// domain name is in its xn-- form.)
bool isMailAddress(std::string_view address);

/// What stands after the '@', in lower case; "" if there is none.
std::string mailDomain(std::string_view address);

/// What DNS says of a mail domain (RFC 5321 5.1).
enum class DomainAnswer {
    accepts,        // it has a mail exchanger, or an address that stands in for one
    doesNotExist,   // there is no such name, or nothing at it that mail could go to
    nullMx,         // it says itself that it takes no mail (RFC 7505)
    lostExchangers, // it names mail exchangers, and none of them has an address
    unknown,        // nobody could tell: no answer, a server failure
};

} // namespace hoering
