// A mail address as a person types it: made into the form in which it travels, or refused with a sentence.
// Not here: the form in which it travels (common/mail_address.h), names beside addresses (typed_contacts.h).
#pragma once

#include <string>
#include <string_view>

#include "common/result.h"

namespace hoering {

/// "post@rådhus.dk" -> "post@xn--rdhus-mra.dk": blanks around it go, a domain with other letters than a-z becomes
/// A-labels (UTS #46, nontransitional, STD3 rules); the rest stays as typed. Errors (invalid): "error.mail.local_part"
/// when the part before the '@' has letters outside ASCII, which most mail servers cannot take (SMTPUTF8, RFC 6531);
/// "error.mail.address" for all else that is no address. Both with {mail}, on one line.
Result<std::string> mailAddressFrom(std::string_view typed);

/// The same for looking somebody up: what is no address stays as it was typed, without the blanks around it.
std::string mailAsStored(std::string_view typed);

} // namespace hoering
