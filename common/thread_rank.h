// Which of our threads goes first when the machine has more to do than it can. Without privileges, this thread's alone;
// a kernel that does not know the means ignores them.
// Not here: how many letters or documents go at once (jobs/mail_traffic, web/document_permit).
#pragma once

namespace hoering {

/// People wait for this thread: when it wakes, it does not wait until another one's turn is over.
void goFirst();
/// This thread's work can wait: pages and answers come first.
void giveWay();

} // namespace hoering
