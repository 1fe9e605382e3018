// Three consultations from draft to end – one decided, one closed early, one cancelled – in which every kind of letter
// there is goes to several parties, in Danish and English. Each step is the real use case at its own time, seen and
// confirmed as on a page; every field that is typed holds hostile words.
// Not here: what is expected of the letters (tests/end_to_end/every_letter.test.mjs), open consultations (seed.h).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/demo_story.h"
#include "domain/user.h"
#include "support/seed.h"
#include "usecases/acts.h"

namespace hoering::testing {

class EveryLetter {
  public:
    /// `parties` of each consultation, at least 16: each fourth kind of thing happens to two of them.
    EveryLetter(App& app, ManualClock& clock, int parties);
    /// From Monday 2 November 2026 at 8.00 to the last letter.
    void run();
    const std::vector<User>& staff() const { return staff_; }

  private:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    std::int64_t publish(int number);
    void makeHostileWordings(std::int64_t consultation);
    void at(const std::string& day); // ISO date; 10.00 Danish time
    /// Looked at, confirmed, and by a second person released when there are many.
    void play(const Act& act, std::int64_t consultation, const Fields& fields);
    StoredFile store(const std::string& name, const std::string& text);
    std::vector<Party> partiesOf(std::int64_t consultation);

    void answerAndAsk(std::int64_t consultation);
    void changeThings(std::int64_t consultation);
    void letterComesBack(const Party& party);
    void decide(std::int64_t consultation);

    App::Parts& parts_;
    ManualClock& clock_;
    cli::Story story_;
    const int count_;
    std::vector<User> staff_;
    int field_ = 0; // of hostile words: each field gets the next kind
};

} // namespace hoering::testing
