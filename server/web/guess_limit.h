// Counts wrong personal links by address, so that guessing is answered 429 instead of pages. A right link always works:
// behind one address there may be a whole town hall.
// Not here: failed sign-ins (server/usecases/sign_in.h).
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "common/clock.h"

namespace hoering::web {

class GuessLimit {
  public:
    /// One more wrong link from this address. True when it has had 60 within ten minutes.
    bool wrong(const std::string& peer, Instant now);

  private:
    struct Window {
        Instant since{};
        int count = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Window> windows_;
};

} // namespace hoering::web
