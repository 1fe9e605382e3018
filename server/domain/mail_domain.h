// What the name service says about a mail domain: whether anybody takes mail there.
// Not here: asking it (web/services.h checkDomains), addresses themselves (server/usecases/check.h).
#pragma once

namespace hoering {

/// nullMx: the domain says itself that it takes no mail (RFC 7505). unknown: no answer came, which proves nothing.
enum class DomainAnswer { accepts, doesNotExist, nullMx, unknown };

} // namespace hoering
