// A letter that goes to somebody once more: invitations and reminders are written as things stand now, with the
// deadline that holds; what tells of something that happened keeps its words. Not here: whether it may go
// (send_again.h, correct_address.h), queueing (queue_letter.h).
#pragma once

#include "domain/consultation.h"
#include "domain/letter.h"
#include "domain/party.h"
#include "sqlite/tx.h"
#include "usecases/office.h"

namespace hoering {

/// Whether wordsAnew writes that kind anew.
bool isWrittenAnew(LetterKind kind);
/// The letter for the contact as it is now: language of its party, present address; nothing of the queue.
Letter wordsAnew(sqlite::ReadTx& tx, const Office& office, const Letter& old, const Consultation& consultation,
                 const Party& party, const Contact& contact, Now now);

} // namespace hoering
