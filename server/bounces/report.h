// What a returned mail says, from its texts alone: the fields of a delivery status, and the traces of an outcome in a
// report that is written for people. Not here: taking the mail apart (returned_mail.cpp). Private to this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bounces/returned_mail.h"

namespace hoering::bounces {

/// One line without control characters, at most `longest` code points; what is no UTF-8 becomes '?'.
std::string oneLine(std::string_view text, std::size_t longest = 300);

/// The groups of fields in a message/delivery-status (RFC 3464 2.1): the recipient that matters most, failed before
/// delayed before the rest. Nothing if no group has an action.
std::optional<ReturnedMail> fromDeliveryStatus(std::string_view text);

/// The same from plain words: a refusal unless they speak of a delay; status and diagnostic as the first that stand
/// there; the recipient as the first address before the copy of the mail.
ReturnedMail fromWords(std::string_view text);

/// Whether the words are those of a mail server about a mail it could not bring.
bool speaksOfDelivery(std::string_view text);

/// Adds what looks like a Message-ID in a text, those after "Message-ID:" first; none twice, at most 40 in all.
void addMessageIds(std::vector<std::string>& ids, std::string_view text);
/// The value of a header field, "<id>" or several of them.
void addMessageIdsOfField(std::vector<std::string>& ids, std::string_view value);

} // namespace hoering::bounces
