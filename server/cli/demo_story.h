// A small stage for the worked example: an App that is not started and a clock that is set back and moved forward.
// Every step is the real use case, and on the way every reminder, closing and letter happens when it is due.
// Not here: the example itself (cli/demo_example.cpp), its words (cli/demo_texts.h).
#pragma once

#include <string>
#include <string_view>

#include "app_parts.h"
#include "cli/demo_texts.h"
#include "domain/access.h"
#include "domain/user.h"

namespace hoering::cli {

class Story {
  public:
    Story(App& app, ManualClock& clock) : parts_(app.parts()), clock_(clock) {}

    /// Moves the clock on to a Danish local time; what is due before then is done at its own time. Never back.
    void at(LocalDate date, std::chrono::minutes time);
    void at(Instant instant);

    /// A person with this password. The first becomes administrator by the first start's one-time link.
    User user(const std::string& email, const std::string& name, Role role, const std::string& password);

    /// A draft with its parties, from a demo text. `deadline`: ISO date or "".
    std::int64_t draft(const User& officer, const DemoText& text, LocalDate decided, const std::string& deadline);
    void enclose(const User& officer, std::int64_t consultation, const std::string& fileName, const std::string& bytes,
                 const std::string& title);
    void publish(const User& officer, std::int64_t consultation);

    /// The party whose name holds `part`; its personal link's token.
    Party party(std::int64_t consultation, std::string_view part);
    std::string tokenOf(const Party& party);
    /// Opens the link (what the button on its page does) and comes back as the party at its desk.
    PartyVisit open(const Party& party);
    void write(const PartyVisit& visit, const std::string& text);
    void attach(const PartyVisit& visit, const std::string& fileName, const std::string& bytes);
    void submit(const PartyVisit& visit);
    void noRemarks(const PartyVisit& visit);
    void correct(const PartyVisit& visit, const std::string& text);

  private:
    StoredFile store(const std::string& fileName, const std::string& bytes);
    void runDue();
    template <class F> auto act(F&& f);

    App::Parts& parts_;
    ManualClock& clock_;
};

} // namespace hoering::cli
