// What a person gets when nothing can be stored just now: what was typed, and a button that sends it once more.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "support/web_world.h"
#include "web/problem.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Visitor;
using namespace std::chrono_literals;

/// While it lives, the writer's lane is full: whatever would be stored is refused as busy.
class FullLane {
  public:
    explicit FullLane(sqlite::Database& database) {
        std::promise<void> begun;
        blocker_ = std::thread([this, &database, &begun] {
            database.write([&](sqlite::Tx& tx) {
                tx.housekeeping("test");
                begun.set_value();
                open_.get_future().wait();
            });
        });
        begun.get_future().wait();
        try {
            while (true) database.writeThen([](sqlite::Tx&) -> Result<Done> { return Done{}; }, [](auto, auto&&) {});
        } catch (const sqlite::StorageBusy&) {
        }
    }
    ~FullLane() {
        open_.set_value();
        blocker_.join();
    }

  private:
    std::promise<void> open_;
    std::thread blocker_;
};

struct NotStored : ::testing::Test {
    testing::WebWorld world;

    static std::string hiddenField(const std::string& name, const std::string& value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + value + "\">";
    }
    Visitor::Got whileFull(const std::function<Visitor::Got()>& send) {
        const FullLane full(world.database);
        return send();
    }
};

TEST_F(NotStored, AnAnswerBeingWrittenIsInItsFieldAndItsButtonIsTheNextTry) {
    const auto id = world.usualConsultation();
    Visitor party = world.partyVisitor(id);
    const auto form = party.get("/mit-svar/skriv");
    const Visitor::Fields typed{
        {"version", form.valueOf("version")}, {"text", "Vi støtter <model 1>"}, {"videre", "tjek"}};
    const auto refused = whileFull([&] { return party.post("/mit-svar/filer", typed); });
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "2");
    EXPECT_THAT(refused.body, HasSubstr("\nVi støtter &lt;model 1&gt;</textarea>"));
    EXPECT_THAT(refused.body, HasSubstr("den er ikke tabt"));
    EXPECT_THAT(refused.body, HasSubstr("data-dirty=\"yes\"")) << "the script saves it as soon as it can";
    EXPECT_EQ(refused.valueOf("version"), "0");
    EXPECT_EQ(world.count("drafts"), 0);

    EXPECT_EQ(party.post("/mit-svar/filer", typed).location, "/mit-svar/tjek");
    EXPECT_THAT(party.get("/mit-svar/skriv").body, HasSubstr("data-dirty=\"\""));
    EXPECT_EQ(world.count("drafts"), 1);
}

TEST_F(NotStored, ItsVersionStaysTheOneItsAuthorSaw) {
    const auto id = world.usualConsultation();
    Visitor party = world.partyVisitor(id), colleague = world.partyVisitor(id);
    party.get("/mit-svar/skriv");
    EXPECT_EQ(party.post("/mit-svar/skriv", {{"version", "0"}, {"text", "Første"}}).status, 303);
    EXPECT_EQ(colleague.post("/mit-svar/skriv", {{"version", "1"}, {"text", "Kollegaens"}}).status, 303);
    const Visitor::Fields typed{{"version", "1"}, {"text", "Min"}};
    const auto refused = whileFull([&] { return party.post("/mit-svar/skriv", typed); });
    EXPECT_EQ(refused.valueOf("version"), "1");
    EXPECT_EQ(party.post("/mit-svar/skriv", typed).status, 409) << "the colleague's words are not overwritten";
}

TEST_F(NotStored, AnAnswerBeingSentKeepsItsKeySoThatSendingAgainIsOneAnswer) {
    const auto id = world.usualConsultation();
    Visitor party = world.partyVisitor(id);
    party.get("/mit-svar/skriv");
    party.post("/mit-svar/skriv", {{"version", "0"}, {"text", "Vi støtter model 1"}, {"videre", "tjek"}});
    const auto check = party.get("/mit-svar/tjek");
    const Visitor::Fields sent{
        {"text", check.valueOf("text")}, {"version", check.valueOf("version")}, {"key", check.valueOf("key")}};
    const auto refused = whileFull([&] { return party.post("/mit-svar/tjek", sent); });
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "2");
    EXPECT_THAT(refused.body, HasSubstr("Dit svar er ikke sendt"));
    for (const auto& [name, value] : sent) EXPECT_EQ(refused.valueOf(name), value) << name;
    EXPECT_EQ(world.count("responses"), 0);

    for (int i = 0; i < 2; ++i) EXPECT_EQ(party.post("/mit-svar/tjek", sent).location, "/mit-svar/kvittering");
    EXPECT_EQ(world.count("responses"), 1);
    const auto acts = world.acts();
    EXPECT_EQ(std::count(acts.begin(), acts.end(), "response.submitted"), 1);
}

TEST_F(NotStored, AFileThatCannotBeKeptCostsNoWords) {
    const auto id = world.usualConsultation();
    Visitor party = world.partyVisitor(id);
    party.get("/mit-svar/skriv");
    const auto files = world.folder.path() / "files";
    std::filesystem::remove_all(files);
    std::ofstream(files) << "no folder"; // nothing can be put into it
    const auto refused = party.upload("/mit-svar/filer", {{"version", "0"}, {"text", "Vi støtter model 1"}}, "file",
                                      "a.txt", "Et bilag");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "30");
    EXPECT_THAT(refused.body, HasSubstr("Din tekst er gemt. Filerne kom ikke med."));
    EXPECT_THAT(refused.body, HasSubstr("\nVi støtter model 1</textarea>"));
    EXPECT_THAT(refused.body, HasSubstr("data-dirty=\"\"")) << "nothing is left to save";
    EXPECT_EQ(refused.valueOf("version"), "1");
}

TEST_F(NotStored, AnyOtherFormIsGivenBackWithAButtonThatSendsTheSameFields) {
    const auto id = world.consultation().titled("Skolevej").openUntil("2026-12-01").draft();
    const std::string parties = "/kontor/hoeringer/" + std::to_string(id) + "/parter";
    Visitor karen = world.staff(Role::secretariat);
    karen.get(parties);
    const Visitor::Fields typed{
        {"name", "Rådet \"Nord\""}, {"role", "consulted"}, {"contacts", "Bo <bo@o.dk>\na@o.dk"}, {"go", "next"}};
    const auto refused = whileFull([&] { return karen.post(parties, typed); });
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "2");
    EXPECT_THAT(refused.body, HasSubstr("readonly>\nRådet &quot;Nord&quot;</textarea>"));
    EXPECT_THAT(refused.body, HasSubstr("<form method=\"post\" action=\"" + parties + "\">"));
    EXPECT_THAT(refused.body, HasSubstr(hiddenField("name", "Rådet &quot;Nord&quot;")));
    EXPECT_THAT(refused.body, HasSubstr(hiddenField("contacts", "Bo &lt;bo@o.dk&gt;\na@o.dk")));
    EXPECT_THAT(refused.body, HasSubstr(hiddenField("go", "next"))) << "which button it was";
    EXPECT_THAT(refused.body, HasSubstr("Prøv igen</button>"));
    EXPECT_EQ(world.parties(id).size(), 0u);
    EXPECT_EQ(karen.post(parties, typed).status, 303);
    EXPECT_EQ(world.parties(id).size(), 1u);
}

TEST_F(NotStored, FilesAreChosenAgainInTheSameForm) {
    const auto id = world.consultation().titled("Skolevej").openUntil("2026-12-01").draft();
    const std::string here = "/kontor/hoeringer/" + std::to_string(id) + "/bilag";
    Visitor karen = world.staff(Role::secretariat);
    karen.get(here);
    const auto refused = whileFull([&] { return karen.upload(here, {}, "file", "notat.txt", "Et notat\n"); });
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body, HasSubstr("action=\"" + here + "\" enctype=\"multipart/form-data\""));
    EXPECT_THAT(refused.body, HasSubstr("name=\"file\" type=\"file\""));
    EXPECT_EQ(world.count("enclosures"), 0);
}

TEST_F(NotStored, APasswordIsNeitherShownNorSentAgain) {
    Visitor visitor(world);
    visitor.get("/kontor/log-ind");
    const auto refused = whileFull([&] {
        return visitor.post("/kontor/log-ind", {{"email", "karen@o.dk"}, {"password", "hemmeligt kodeord"}});
    });
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body, Not(HasSubstr("hemmeligt")));
    EXPECT_THAT(refused.body, Not(HasSubstr("Prøv igen</button>")));
    EXPECT_THAT(refused.body, HasSubstr("skriv dem én gang til"));
}

TEST_F(NotStored, WhatNobodyHadTimeForIsGivenBackWithTheTokenThatCame) {
    http::Request request;
    request.path = request.target = "/mit-svar/filer";
    EXPECT_THAT(web::edgeProblem(world.services, 503, request).body, HasSubstr("Der er mange på lige nu"));
    request.method = http::Method::post;
    EXPECT_THAT(web::edgeProblem(world.services, 503, request).body, HasSubstr("Gå tilbage i browseren"))
        << "nothing of the form is here";
    request.form = {{"csrf", "deres"}, {"text", "Ord \xff"}};
    const auto page = web::edgeProblem(world.services, 503, request).body;
    EXPECT_THAT(page, HasSubstr("readonly>\nOrd \xEF\xBF\xBD</textarea>"));
    EXPECT_THAT(page, HasSubstr("<form method=\"post\" action=\"/mit-svar/filer\">" + hiddenField("csrf", "deres")));
    EXPECT_THAT(page, HasSubstr("Prøv igen</button>"));
}

TEST_F(NotStored, PagesGoOnThoughNobodyCanNoteThatASessionWasSeen) {
    Visitor karen = world.staff(Role::secretariat);
    world.clock.advance(30min);
    EXPECT_EQ(whileFull([&] { return karen.get("/kontor"); }).status, 200);
}

} // namespace
} // namespace hoering
