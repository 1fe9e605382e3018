// A form sent after its session was over: nothing that was typed is lost, and the page says how to go on.
#include <gmock/gmock.h>

#include "http/reply.h"
#include "support/web_world.h"
#include "web/visitor.h"

namespace hoering {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Visitor;

struct ExpiredForm : ::testing::Test {
    testing::WebWorld world;
    Visitor karen = world.staff(Role::secretariat);
    std::int64_t id = world.consultation().titled("Skolevej").openUntil("2026-12-01").with("Rådet").draft();
    std::string here = "/kontor/hoeringer/" + std::to_string(id);

    void endSessions() {
        world.database.write([&](sqlite::Tx& tx) {
            tx.sql("DELETE FROM sessions").run();
            tx.housekeeping("test");
        });
    }
    /// The label and the box of one value.
    static std::string box(int number, const std::string& label, const std::string& value, int rows = 1) {
        const std::string name = "kept-" + std::to_string(number);
        return "<label class=\"form-label\" for=\"" + name + "\">" + label +
               "</label><textarea class=\"form-input\" id=\"" + name + "\" rows=\"" + std::to_string(rows) +
               "\" readonly>\n" + value + "</textarea>";
    }
};

TEST_F(ExpiredForm, ShowsEveryShortValueUnderItsOwnLabelAndLeadsToSigningIn) {
    karen.get(here + "/parter");
    endSessions();
    const auto expired = karen.post(here + "/parter", {{"name", "LokalMED"},
                                                       {"role", "consulted"},
                                                       {"contacts", "Bo <bo@o.dk>\na@o.dk"},
                                                       {"language", "da"},
                                                       {"go", "next"}});
    EXPECT_EQ(expired.status, 403);
    EXPECT_THAT(expired.body, HasSubstr("ikke tabt: det står herunder"));
    EXPECT_THAT(expired.body, HasSubstr(box(1, "Navn", "LokalMED")));
    EXPECT_THAT(expired.body, HasSubstr(box(2, "Mailadresser", "Bo &lt;bo@o.dk&gt;\na@o.dk", 8)));
    for (const char* ours : {"consulted", "kept-3", "\nnext"}) EXPECT_THAT(expired.body, Not(HasSubstr(ours)));
    EXPECT_THAT(expired.body, HasSubstr("href=\"/kontor/log-ind?til=%2Fkontor%2Fhoeringer%2F" + std::to_string(id) +
                                        "%2Fparter\">Log ind</a>"));
    EXPECT_THAT(expired.body, Not(HasSubstr("i mailen fra os")));
    EXPECT_EQ(world.parties(id).size(), 1u) << "nothing is done";
}

TEST_F(ExpiredForm, NamesFieldsOfRowsAndLeavesOutWhatThePagePutThere) {
    karen.get(here);
    endSessions();
    const auto expired = karen.post(here + "/handlinger/aflys", {{"reason", "Sagen udgår"},
                                                                 {"title_12", "Kort"},
                                                                 {"drop_12", "1"},
                                                                 {"seen", "1"},
                                                                 {"days_0", "14"},
                                                                 {"unit_0", "workdays"},
                                                                 {"days_1", ""},
                                                                 {"time_1", "09.00"},
                                                                 {"unit", "Skole"},
                                                                 {"ukendt", "Andet"},
                                                                 {"key", "nøgle"},
                                                                 {"fingerprint", "aftryk"},
                                                                 {"step", "preview"}});
    EXPECT_THAT(expired.body, HasSubstr(box(1, "Begrundelse", "Sagen udgår")));
    EXPECT_THAT(expired.body, HasSubstr(box(2, "Titel", "Kort")));
    EXPECT_THAT(expired.body, HasSubstr(box(3, "Antal", "14")));
    EXPECT_THAT(expired.body, HasSubstr(box(4, "Afdeling", "Skole")));
    EXPECT_THAT(expired.body, HasSubstr(box(5, "Det, du skrev", "Andet")));
    for (const char* ours : {"nøgle", "aftryk", "workdays", "09.00", "kept-6"})
        EXPECT_THAT(expired.body, Not(HasSubstr(ours)));
    EXPECT_THAT(expired.body, HasSubstr("%2Fhandlinger%2Faflys\">Log ind"));
}

TEST_F(ExpiredForm, ClaimsNothingWhenNothingWasTyped) {
    const auto party = std::to_string(world.parties(id).at(0).id);
    karen.get(here + "/parter");
    endSessions();
    const auto expired = karen.post(here + "/parter/" + party + "/fjern");
    EXPECT_EQ(expired.status, 403);
    EXPECT_THAT(expired.body, Not(HasSubstr("herunder")));
    EXPECT_THAT(expired.body, Not(HasSubstr("<textarea")));
    EXPECT_THAT(expired.body, HasSubstr("%2Fparter%2F" + party + "\">Log ind"))
        << "the page above, which can be fetched";
    EXPECT_EQ(world.parties(id).size(), 1u);
}

TEST_F(ExpiredForm, SaysThatChosenFilesMustBeChosenAgain) {
    karen.get(here + "/bilag");
    endSessions();
    EXPECT_THAT(karen.upload(here + "/bilag", {}, "file", "notat.txt", "Et notat").body,
                HasSubstr("skal du vælge igen"));
    EXPECT_THAT(karen.upload(here + "/bilag", {}, "file", "", "").body, Not(HasSubstr("skal du vælge igen")));
}

TEST_F(ExpiredForm, WhoHasSignedInAgainElsewhereIsLedBackToThePage) {
    const auto page = karen.get(here + "/parter");
    const auto expired = karen.post(here + "/parter", {{"csrf", "gammel"}, {"name", "LokalMED"}});
    EXPECT_EQ(expired.status, 403);
    EXPECT_THAT(expired.body, HasSubstr(box(1, "Navn", "LokalMED")));
    EXPECT_THAT(expired.body, Not(HasSubstr("log-ind?til")));
    EXPECT_THAT(expired.body, HasSubstr("href=\"" + here + "/parter\">Åbn siden igen"));
}

TEST_F(ExpiredForm, NeverShowsASecretOrLeadsBackToOne) {
    Visitor visitor(world);
    visitor.get("/kontor/log-ind");
    const auto expired = visitor.post(
        "/kontor/log-ind",
        {{"csrf", "gammel"}, {"email", "karen@o.dk"}, {"password", "hemmeligt kodeord"}, {"til", "/kontor/breve"}});
    EXPECT_THAT(expired.body, HasSubstr(box(1, "Mailadresse", "karen@o.dk")));
    EXPECT_THAT(expired.body, Not(HasSubstr("hemmeligt")));
    EXPECT_THAT(expired.body, HasSubstr("href=\"/kontor/log-ind\">Log ind"));
    const auto link = visitor.post("/kontor/adgang/" + std::string(43, 'a'), {{"csrf", "x"}, {"again", "hemmeligt"}});
    EXPECT_THAT(link.body, Not(HasSubstr("hemmeligt")));
    EXPECT_THAT(link.body, HasSubstr("href=\"/kontor/log-ind\">Log ind"));
}

TEST_F(ExpiredForm, APartyIsToldToOpenItsLinkAgainInItsLanguage) {
    const auto open = world.consultation().openUntil("2026-12-01").with("Skolen").publish();
    for (const std::string language : {"da", "en"}) {
        Visitor party = world.partyVisitor(open);
        party.get("/mit-svar/laengere-frist");
        endSessions();
        party.cookies[http::cookieName(web::languageCookie, world.services.secure)] = language;
        const auto expired =
            party.post("/mit-svar/laengere-frist", {{"deadline_date", "9.12.2026"}, {"reason", "Ferie"}});
        EXPECT_EQ(expired.status, 403);
        const bool danish = language == "da";
        EXPECT_THAT(expired.body,
                    HasSubstr(danish ? "Åbn linket i mailen fra os igen" : "Open the link in our email again"));
        EXPECT_THAT(expired.body, HasSubstr(box(1, danish ? "Svarfrist: dato" : "Deadline: date", "9.12.2026")));
        EXPECT_THAT(expired.body, HasSubstr(box(2, danish ? "Begrundelse" : "Reason", "Ferie")));
        EXPECT_THAT(expired.body, Not(HasSubstr(danish ? "Log ind" : "Sign in")));
    }
}

} // namespace
} // namespace hoering
