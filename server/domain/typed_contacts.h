// Names and mail addresses as they are typed, or pasted from a mail program: made into one contact for each address.
// Not here: what an address is (typed_mail.h), how many a party may have (usecases/edit_consultation).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/result.h"
#include "domain/party.h"

namespace hoering {

struct TypedContacts {
    std::vector<Contact> list;  // with the address as it travels
    std::vector<Error> refused; // what could not be understood, one for each piece
};

/// Contacts stand on lines of their own, or after one another with ';' or ',' between them, each as "Name <address>",
/// "Name address", "Name, address" or the address alone. A name may hold commas, and what stands in quotes may hold
/// anything but '@'. Whatever has an '@' becomes a contact or is refused: nobody is lost within another's name. Errors
/// (invalid): "error.mail.local_part" as mailAddressFrom, else "error.contacts.unclear" with {text}, the piece in
/// question.
TypedContacts contactsFrom(std::string_view typed);

/// The contact as it may be typed again: contactsFrom reads the same name and address from it, unless the name is one
/// that is refused.
std::string typedContact(const Contact& contact);

} // namespace hoering
