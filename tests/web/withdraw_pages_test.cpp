// An answer is taken back, page by page: by its party, by the office; and everywhere it is told afterwards.
#include <gmock/gmock.h>

#include "common/id.h"
#include "sqlite/responses.h"
#include "support/web_world.h"
#include "usecases/join_answer.h"

namespace hoering {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Visitor;

struct WithdrawPages : ::testing::Test {
    testing::WebWorld world;
    std::int64_t consultation = world.consultation().openUntil("2026-12-01").with("LokalMED").with("Rådet").publish();
    const std::string page = "/mit-svar/traek-tilbage", receipt = "/mit-svar/trukket-tilbage";

    /// A week before the deadline: a party's session lives 14 days.
    WithdrawPages() {
        world.at("2026-11-25 09:00:00");
        EXPECT_TRUE(world.submit(consultation, 0, "Vi støtter model 2.").ok());
    }
    static std::string hidden(const Visitor::Got& got, const std::string& name) {
        const std::string start = "name=\"" + name + "\" value=\"";
        const auto at = got.body.find(start);
        if (at == std::string::npos) return "";
        return got.body.substr(at + start.size(), got.body.find('"', at + start.size()) - at - start.size());
    }
    static Visitor::Fields form(const Visitor::Got& shown, std::string reason = "") {
        return {{"response", hidden(shown, "response")}, {"key", hidden(shown, "key")}, {"reason", std::move(reason)}};
    }
    Visitor::Got withdraw(Visitor& visitor, std::string reason = "") {
        return visitor.post(page, form(visitor.get(page), std::move(reason)));
    }
    Response last() {
        return *world.database.read(
            [&](sqlite::ReadTx& tx) { return sqlite::lastResponseOf(tx, world.parties(consultation).at(0).id); });
    }
    std::string office(const std::string& rest = "") {
        return "/kontor/hoeringer/" + std::to_string(consultation) + rest;
    }
};

TEST_F(WithdrawPages, SayBeforehandWhatHappensAndThenDoItOnce) {
    const auto other = world.visit(consultation, 1);
    world.database.write([&](sqlite::Tx& tx) {
        EXPECT_TRUE(joinAnswer(tx, other, world.parties(consultation).at(0).id, world.now().instant).ok());
    });
    Visitor visitor = world.partyVisitor(consultation);
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("href=\"" + page + "\""));
    EXPECT_THAT(visitor.get("/mit-svar/kvittering").body, HasSubstr("href=\"" + page + "\""));
    const auto before = world.acts();
    const auto shown = visitor.get(page);
    EXPECT_EQ(shown.status, 200);
    EXPECT_THAT(shown.body,
                AllOf(HasSubstr("Svaret bliver ikke slettet"), HasSubstr("Det tæller ikke længere som svar"),
                      HasSubstr("I får igen påmindelser"), HasSubstr("Rådet svarer sammen med jer"),
                      HasSubstr("I kan svare igen indtil"), HasSubstr(last().receipt)));
    EXPECT_EQ(world.acts(), before);
    EXPECT_EQ(visitor.get(receipt).location, "/mit-svar") << "nothing is withdrawn";
    EXPECT_EQ(visitor.post(page, form(shown, "Ikke godkendt.")).location, receipt);
    EXPECT_EQ(visitor.post(page, form(shown, "Ikke godkendt.")).location, receipt) << "a double click";
    EXPECT_EQ(world.count("withdrawals"), 1);
    const auto got = visitor.get(receipt);
    EXPECT_THAT(got.body, AllOf(HasSubstr("Svaret er trukket tilbage"), HasSubstr(last().withdrawal->receipt),
                                HasSubstr("Svaret er ikke slettet"), HasSubstr("på vej med mail")));
    EXPECT_EQ(visitor.get(page).location, receipt) << "there is nothing more to withdraw";
    EXPECT_EQ(visitor.get("/mit-svar/kvittering").location, "/mit-svar");
}

TEST_F(WithdrawPages, OfferTheOldTextAndTheNextAnswerStands) {
    Visitor visitor = world.partyVisitor(consultation);
    withdraw(visitor);
    const auto overview = visitor.get("/mit-svar");
    EXPECT_THAT(overview.body,
                AllOf(HasSubstr("Svaret fra LokalMED er trukket tilbage."), HasSubstr("Brug den tilbagetrukne tekst"),
                      HasSubstr("1 (trukket tilbage)"), Not(HasSubstr("Ret svaret"))));
    EXPECT_EQ(visitor.get("/mit-svar/skriv").status, 200);
    visitor.get("/mit-svar");
    const auto begun = visitor.post("/mit-svar/ret");
    EXPECT_EQ(begun.location, "/mit-svar/skriv?besked=reusing");
    EXPECT_THAT(visitor.get(begun.location).body,
                AllOf(HasSubstr("Vi støtter model 2."), HasSubstr("teksten fra det svar, I trak tilbage")));
    EXPECT_THAT(visitor.get("/mit-svar").body, HasSubstr("Fortsæt med kladden"));
    const auto check = visitor.get("/mit-svar/tjek");
    EXPECT_THAT(check.body, HasSubstr("I har trukket version 1 tilbage"));
    const auto sent = visitor.post(
        "/mit-svar/tjek",
        {{"text", "Vi støtter model 2."}, {"version", hidden(check, "version")}, {"key", hidden(check, "key")}});
    EXPECT_EQ(sent.location, "/mit-svar/kvittering");
    EXPECT_EQ(last().version, 2);
    EXPECT_THAT(visitor.get("/mit-svar").body,
                AllOf(HasSubstr("2 (gælder)"), HasSubstr("1 (trukket tilbage)"), HasSubstr("href=\"" + page + "\"")));
}

TEST_F(WithdrawPages, KeepTheTypedReasonWhenARuleSaysNo) {
    Visitor visitor = world.partyVisitor(consultation);
    const std::string reason = "Grund " + std::string(2'000, 'x');
    const auto refused = withdraw(visitor, reason);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, AllOf(HasSubstr(reason), HasSubstr("Træk svaret tilbage")));
    const auto shown = visitor.get(page);
    ASSERT_TRUE(world.submit(consultation, 0, "En rettelse.").ok());
    const auto changed = visitor.post(page, form(shown));
    EXPECT_EQ(changed.status, 409);
    EXPECT_THAT(changed.body, HasSubstr("Svaret er rettet, siden du åbnede siden"));
    EXPECT_EQ(world.count("withdrawals"), 0);
}

TEST_F(WithdrawPages, AreClosedAfterTheDeadline) {
    Visitor visitor = world.partyVisitor(consultation);
    const auto shown = visitor.get(page);
    world.at("2026-12-02 00:00:00");
    EXPECT_EQ(visitor.get(page).status, 409);
    EXPECT_EQ(visitor.post(page, form(shown)).status, 409);
    EXPECT_THAT(visitor.get("/mit-svar").body, Not(HasSubstr(page)));
    EXPECT_EQ(world.count("withdrawals"), 0);
}

TEST_F(WithdrawPages, ShowTheOfficeWhatIsWithdrawnAndWhy) {
    Visitor visitor = world.partyVisitor(consultation);
    withdraw(visitor, "Ikke <b>godkendt</b>.");
    Visitor karen = world.staff(Role::reader);
    EXPECT_THAT(karen.get(office()).body, AllOf(HasSubstr("0 af 2"), HasSubstr("har trukket svaret tilbage"),
                                                HasSubstr("Trak svaret tilbage 25. november")));
    const std::string at = office("/svar/" + std::to_string(last().id));
    EXPECT_THAT(karen.get(office("/svar")).body, AllOf(HasSubstr(at), HasSubstr(">trukket tilbage<")));
    EXPECT_THAT(karen.get(at).body,
                AllOf(HasSubstr("Ikke &lt;b&gt;godkendt&lt;/b&gt;."), HasSubstr("Vi støtter model 2."),
                      HasSubstr(last().withdrawal->receipt), HasSubstr("Kontakt 1")));
    EXPECT_THAT(karen.get(office("/journal")).body, HasSubstr("Trak svaret tilbage"));
    EXPECT_THAT(karen.get("/kontor").body,
                AllOf(HasSubstr("2 høringsparter mangler at svare"), HasSubstr("1 part har trukket sit svar på »")));
}

TEST_F(WithdrawPages, TellItInTheDigestWithoutItsWords) {
    Visitor visitor = world.partyVisitor(consultation);
    withdraw(visitor, "En grund.");
    Visitor karen = world.staff(Role::reader);
    const auto digest = karen.get(office("/hoeringsnotat.html")).body;
    EXPECT_THAT(digest,
                AllOf(HasSubstr("1 part har trukket sit svar tilbage"), HasSubstr("svaret er trukket tilbage"),
                      HasSubstr("LokalMED: svar modtaget 25. november 2026"), HasSubstr("og 2 har ikke svaret")));
    EXPECT_THAT(digest, AllOf(Not(HasSubstr("model 2")), Not(HasSubstr("En grund"))));
    EXPECT_EQ(digest, karen.get(office("/hoeringsnotat.html")).body);
    ASSERT_TRUE(world.submit(consultation, 0, "Vi støtter model 1.").ok());
    EXPECT_THAT(karen.get(office("/hoeringsnotat.html")).body,
                AllOf(HasSubstr("Vi støtter model 1."), HasSubstr("version 1 er trukket tilbage 25. november 2026"),
                      Not(HasSubstr("har trukket sit svar tilbage"))));
}

TEST_F(WithdrawPages, AReceiptOfEitherKindSaysWhatItIsWorth) {
    Visitor visitor = world.partyVisitor(consultation);
    withdraw(visitor);
    Visitor anybody(world);
    for (const auto& number : {last().receipt, last().withdrawal->receipt}) {
        const auto found = anybody.get("/kvittering?nummer=" + number).body;
        EXPECT_THAT(found,
                    AllOf(HasSubstr("Kvitteringen er ægte"), HasSubstr("Svaret er trukket tilbage 25. november")));
        EXPECT_EQ(found.find("er for, at dette svar er trukket tilbage") != std::string::npos,
                  number == last().withdrawal->receipt);
        EXPECT_THAT(found, Not(HasSubstr("LokalMED")));
    }
}

TEST_F(WithdrawPages, LetTheOfficeRegisterOneAfterTheDeadline) {
    world.at("2026-12-03 14:00:00");
    Visitor karen = world.staff(Role::secretariat);
    const std::string at = office("/svar/" + std::to_string(last().id));
    const std::string act = office("/handlinger/registrer-tilbagetraekning");
    EXPECT_THAT(karen.get(at).body, HasSubstr("href=\"" + act + "?response=" + std::to_string(last().id) + "\""));
    EXPECT_THAT(world.staff(Role::reader).get(at).body, Not(HasSubstr(act)));
    const auto shown = karen.get(act + "?response=" + std::to_string(last().id));
    EXPECT_THAT(shown.body, AllOf(HasSubstr("LokalMED (version 1, modtaget 25. november 2026"), HasSubstr(" selected"),
                                  HasSubstr("I telefon")));
    Visitor::Fields fields{{"response", std::to_string(last().id)}, {"channel", "phone"},
                           {"received_date", "3.12.2026"},          {"received_time", "13.30"},
                           {"receipt", hidden(shown, "receipt")},   {"step", "preview"}};
    EXPECT_EQ(karen.post(act, fields).status, 422) << "the reason is missing";
    fields.emplace_back("reason", "Formanden ringede.");
    const auto preview = karen.post(act, fields);
    EXPECT_EQ(preview.status, 200);
    EXPECT_THAT(preview.body, AllOf(HasSubstr("LokalMED står uden svar i høringsnotatet"),
                                    HasSubstr("kom ad denne vej: telefon"), HasSubstr("Formanden ringede.")));
    fields.back() = {"reason", "Formanden ringede."};
    for (auto& [name, value] : fields)
        if (name == "step") value = "confirm";
    fields.emplace_back("fingerprint", hidden(preview, "fingerprint"));
    fields.emplace_back("key", hidden(preview, "key"));
    const auto done = karen.post(act, fields);
    EXPECT_THAT(done.location, HasSubstr(office("/svar")));
    EXPECT_THAT(karen.get(done.location).body, HasSubstr("Det er registreret, at svaret er trukket tilbage."));
    ASSERT_TRUE(last().withdrawal);
    EXPECT_THAT(karen.get(at).body, AllOf(HasSubstr("(kom som telefon)"), Not(HasSubstr(act))));
    EXPECT_EQ(karen.get(act).status, 409) << "no answer is left";
    Visitor visitor = world.partyVisitor(consultation);
    EXPECT_THAT(visitor.get(receipt).body, AllOf(HasSubstr("(kom som telefon)"), Not(HasSubstr("Formanden"))));
}

} // namespace
} // namespace hoering
