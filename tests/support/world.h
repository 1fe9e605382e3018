// A small municipality for tests: a real database in a temporary folder, a clock that stands still, and builders that
// read as prose: world.consultation().openUntil("2026-12-01").with("LokalMED").publish().
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "common/clock.h"
#include "common/result.h"
#include "domain/response.h"
#include "sqlite/database.h"
#include "sqlite/journal.h"
#include "sqlite/letters.h"
#include "usecases/edit_consultation.h"
#include "usecases/office.h"
#include "usecases/open_link.h"

namespace hoering::testing {

/// A folder that is removed with this object.
class TempFolder {
  public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

class World;

class ConsultationBuilder {
  public:
    explicit ConsultationBuilder(World& world);
    ConsultationBuilder& titled(std::string title);
    ConsultationBuilder& openUntil(std::string date, std::string time = "");
    ConsultationBuilder& acceptingLate();
    /// A consulted party with one contact, "kontakt@<n>.example".
    ConsultationBuilder& with(std::string party, PartyRole role = PartyRole::consulted);
    ConsultationBuilder& remindedBy(std::vector<ReminderStep> steps);
    /// With remindedBy: parties with a begun draft get none.
    ConsultationBuilder& sparingDrafts();
    /// With remindedBy: how an answer is sent after the deadline.
    ConsultationBuilder& sayingHowToAnswerLate(std::string how);
    /// Only a draft.
    std::int64_t draft();
    /// Published at the world's time.
    std::int64_t publish();

  private:
    World& world_;
    ConsultationInput input_;
    std::vector<PartyInput> parties_;
    std::vector<ReminderStepInput> steps_;
    ReminderRulesInput rules_;
    bool ownSteps_ = false;
};

class World {
  public:
    /// The clock starts on Monday 2 November 2026 at 9.00 Danish time.
    World();

    TempFolder folder;
    ManualClock clock;
    text::Catalogue texts;
    Office office;
    sqlite::Database database;
    Actor officer{ActorKind::user, 1, "Karen Kontor"};

    ConsultationBuilder consultation() { return ConsultationBuilder(*this); }
    /// Open until 1 December 2026: LokalMED and Rådet are consulted, Politiet is informed.
    std::int64_t usualConsultation();
    /// A party's remarks, sent in one go. `received`: now, unless given.
    /// The answer that was filed, as it is stored.
    Result<Response> answer(const Result<std::int64_t>& filed);
    Result<Response> submit(std::int64_t consultation, std::size_t party, const std::string& text = "Eget svar.",
                            std::optional<Instant> received = {});

    /// Moves the clock to a Danish local time, "2026-11-30 23:59:59".
    void at(std::string_view local);
    Now now() const { return nowFrom(clock); }

    Consultation find(std::int64_t id);
    std::vector<Party> parties(std::int64_t consultation);
    /// A party at its desk, as its session gives it.
    PartyVisit visit(std::int64_t consultation, std::size_t party = 0);
    std::string tokenOf(const PartyVisit& visit);

    /// The acts in the journal, oldest first.
    std::vector<std::string> acts();
    /// Letters oldest first, with bodies; receipts that are queued are written before.
    std::vector<Letter> letters();
    std::int64_t count(const std::string& table);
};

} // namespace hoering::testing
