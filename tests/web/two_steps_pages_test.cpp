// Two steps at sign-in as pages: turned on with a picture and a code, asked for, lost, reset, required.
#include <gmock/gmock.h>

#include "common/strings.h"
#include "common/time_code.h"
#include "domain/second_step.h"
#include "sqlite/second_steps.h"
#include "sqlite/users.h"
#include "support/web_world.h"
#include "usecases/manage_users.h"
#include "web/route.h"

namespace hoering {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using testing::Visitor;

struct TwoStepsPages : ::testing::Test {
    testing::WebWorld world;
    const std::string page = "/kontor/mig/to-trin", email = "secretariat@hoering.example",
                      password = "et langt kodeord";
    Visitor karen = world.staff(Role::secretariat);
    std::int64_t id = world.database.write([&](sqlite::Tx& tx) {
        const auto user = sqlite::findUserByEmail(tx, email)->id;
        sqlite::setPasswordHash(tx, user, hashPassword(password, world.office.passwordCost));
        tx.housekeeping("test");
        return user;
    });

    std::string secret(bool waiting) {
        const auto stored =
            world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findSecondStep(tx, id).value(); });
        return world.office.keys.timeCodeSecret((waiting ? stored.setupNonce : stored.nonce).value());
    }
    std::string code(bool waiting = false) { return timeCode(secret(waiting), timeStepAt(world.clock.now())); }
    static std::vector<std::string> codesOn(const std::string& body) {
        std::vector<std::string> codes;
        for (auto at = body.find("<li><code>"); at != std::string::npos; at = body.find("<li><code>", at + 1))
            codes.push_back(body.substr(at + 10, 14));
        return codes;
    }
    /// The recovery codes; a minute later, so that the app shows a code that was not used.
    std::vector<std::string> turnOn() {
        karen.get(page);
        karen.follow(karen.post(page, {{"password", password}}));
        const auto codes = codesOn(karen.post(page + "/app", {{"code", code(true)}}).body);
        world.clock.advance(std::chrono::minutes{1});
        return codes;
    }
    /// A browser in which the password was typed and no code.
    Visitor halfway(const std::string& target = "") {
        Visitor visitor(world);
        visitor.get("/kontor/log-ind");
        const auto asked = visitor.post("/kontor/log-ind", {{"email", email}, {"password", password}, {"til", target}});
        EXPECT_THAT(asked.location, HasSubstr("/kontor/log-ind/kode?til="));
        visitor.get(asked.location);
        return visitor;
    }
};

TEST_F(TwoStepsPages, AreTurnedOnWithThePasswordAPictureAndACode) {
    EXPECT_THAT(karen.get("/kontor/mig").body, AllOf(HasSubstr("To trin ved login"), HasSubstr("slået fra")));
    EXPECT_EQ(karen.get(page + "/app").location, page) << "no secret before the password";
    const auto wrong = karen.post(page, {{"password", "forkert forkert"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("Adgangskoden er forkert"));
    EXPECT_EQ(world.acts().back(), "user.sign_in_failed");

    const auto shown = karen.follow(karen.post(page, {{"password", password}}));
    EXPECT_THAT(shown.body, HasSubstr("class=\"qr-picture\""));
    EXPECT_THAT(shown.body, HasSubstr(typedSecret(secret(true))));
    EXPECT_THAT(shown.body, HasSubstr("otpauth://totp/"));
    EXPECT_THAT(shown.body, HasSubstr("secret=" + base32(secret(true))));
    const auto notYet = karen.post(page + "/app", {{"code", "000000"}});
    EXPECT_EQ(notYet.status, 422);
    EXPECT_THAT(notYet.body, AllOf(HasSubstr("Koden passer ikke"), HasSubstr(typedSecret(secret(true)))));

    const auto on = karen.post(page + "/app", {{"code", code(true)}});
    EXPECT_EQ(on.status, 200);
    const auto codes = codesOn(on.body);
    EXPECT_THAT(on.body, Not(HasSubstr("Tidligere nødkoder"))) << "there were none";
    EXPECT_THAT(codes, SizeIs(10));
    const auto later = karen.get(page);
    EXPECT_THAT(later.body, AllOf(HasSubstr("slået til"), Not(HasSubstr(codes.at(0)))));
    EXPECT_EQ(karen.get(page + "/app").location, page) << "the secret is shown no more";
    EXPECT_EQ(karen.post(page + "/app", {{"code", "000000"}}).status, 409) << "sent twice";
}

TEST_F(TwoStepsPages, TheCodeIsAskedForAfterThePasswordAndLeadsWhereOneWasGoing) {
    turnOn();
    Visitor visitor = halfway("/kontor/breve");
    const auto wrong = visitor.post("/kontor/log-ind/kode", {{"code", "000000"}, {"til", "/kontor/breve"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, AllOf(HasSubstr("forkert eller allerede brugt"), HasSubstr("value=\"/kontor/breve\""),
                                  HasSubstr("autocomplete=\"one-time-code\""), HasSubstr("inputmode=\"numeric\"")));
    EXPECT_EQ(world.acts().back(), "user.code_failed");
    const std::string half = visitor.cookies.at("kode");
    const auto in = visitor.post("/kontor/log-ind/kode", {{"code", code()}, {"til", "/kontor/breve"}});
    EXPECT_EQ(in.location, "/kontor/breve");
    EXPECT_FALSE(visitor.cookies.contains("kode"));
    EXPECT_NE(visitor.cookies.at("kontor"), half);
    EXPECT_EQ(visitor.get("/kontor/breve").status, 200);
    EXPECT_EQ(world.acts().back(), "user.signed_in");
}

TEST_F(TwoStepsPages, HalfTheWayOpensNoPage) {
    turnOn();
    Visitor visitor = halfway();
    EXPECT_FALSE(visitor.cookies.contains("kontor"));
    visitor.cookies["kontor"] = visitor.cookies.at("kode"); // a cookie can be given any name
    visitor.cookies["svar"] = visitor.cookies.at("kode");
    const auto acts = world.acts();
    for (const auto& route : web::routes()) {
        if (route.access == Access::everyone) continue;
        const std::string path = replaceAll(std::string(route.path), "{user}", std::to_string(id));
        const bool reads = route.method == http::Method::get;
        const auto got = reads ? visitor.get(path) : visitor.post(path, {{"code", "1"}});
        EXPECT_TRUE(got.status == 403 || got.status == 404 || got.location.starts_with("/kontor/log-ind?til="))
            << path << " " << got.status;
    }
    EXPECT_EQ(world.acts(), acts);
}

TEST_F(TwoStepsPages, WithoutAPasswordNobodyIsAskedForACode) {
    turnOn();
    Visitor nobody(world);
    for (const std::string path : {"/kontor/log-ind/kode", "/kontor/log-ind/noedkode"}) {
        EXPECT_EQ(nobody.get(path).location, "/kontor/log-ind");
        nobody.get("/kontor/log-ind");
        const auto got = nobody.post(path, {{"code", code()}});
        EXPECT_EQ(got.status, 422);
        EXPECT_THAT(got.body, AllOf(HasSubstr("Begynd forfra"), HasSubstr("name=\"password\"")));
    }
    Visitor late = halfway();
    world.clock.advance(std::chrono::minutes{10});
    EXPECT_THAT(late.post("/kontor/log-ind/kode", {{"code", code()}}).body, HasSubstr("Begynd forfra"));
}

TEST_F(TwoStepsPages, TooManyWrongCodesAreSlowedDown) {
    turnOn();
    Visitor visitor = halfway();
    for (int i = 0; i < 10; ++i) visitor.post("/kontor/log-ind/kode", {{"code", "000000"}});
    const auto slow = visitor.post("/kontor/log-ind/kode", {{"code", code()}});
    EXPECT_EQ(slow.status, 422);
    EXPECT_THAT(slow.body, HasSubstr("Vent 15 minutter"));
    EXPECT_FALSE(visitor.cookies.contains("kontor"));
}

TEST_F(TwoStepsPages, ARecoveryCodeLetsInOnceAndSaysHowManyAreLeft) {
    const auto codes = turnOn();
    Visitor visitor = halfway();
    visitor.get("/kontor/log-ind/noedkode?til=%2Fkontor");
    const auto in = visitor.follow(visitor.post("/kontor/log-ind/noedkode", {{"code", lowerAscii(codes.at(3))}}));
    EXPECT_THAT(in.body, AllOf(HasSubstr("logget ind med en nødkode"), HasSubstr(">9<")));
    Visitor again = halfway();
    EXPECT_EQ(again.post("/kontor/log-ind/noedkode", {{"code", codes.at(3)}}).status, 422);
}

TEST_F(TwoStepsPages, AskInTheOtherLanguageWithoutForgettingWhereToGo) {
    turnOn();
    const std::string back = "name=\"tilbage\" value=\"/kontor/log-ind/kode?til=%2Fkontor%2Fhoeringer\"";
    Visitor visitor = halfway("/kontor/hoeringer");
    const auto wrong = visitor.post("/kontor/log-ind/kode", {{"code", "000000"}, {"til", "/kontor/hoeringer"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr(back));
    const auto refused =
        karen.post("/kontor/log-ind", {{"email", email}, {"password", "forkert"}, {"til", "/kontor/mig"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("value=\"/kontor/log-ind?til=%2Fkontor%2Fmig\""));
}

TEST_F(TwoStepsPages, ALinkThatBringsANewPasswordIsNoWayAroundTheCode) {
    turnOn();
    const auto link = world.database.write([&](sqlite::Tx& tx) { return newPasswordToken(tx, world.officer, id); });
    Visitor visitor(world);
    visitor.get("/kontor/adgang/" + *link);
    const auto chosen = visitor.post("/kontor/adgang/" + *link,
                                     {{"password", "et helt nyt kodeord"}, {"again", "et helt nyt kodeord"}});
    EXPECT_THAT(chosen.location, HasSubstr("/kontor/log-ind/kode?til="));
    EXPECT_FALSE(visitor.cookies.contains("kontor"));
    EXPECT_THAT(visitor.get("/kontor").location, HasSubstr("/kontor/log-ind"));
    visitor.get(chosen.location);
    const auto in = visitor.post("/kontor/log-ind/kode", {{"code", code()}, {"til", "/kontor?besked=password_chosen"}});
    EXPECT_THAT(visitor.follow(in).body, HasSubstr("Adgangskoden er gemt"));
}

TEST_F(TwoStepsPages, ChangesAskForThePasswordAndACode) {
    auto codes = turnOn();
    for (const std::string path : {"/noedkoder", "/ny-app", "/fra"}) {
        karen.get(page + path);
        const auto noPassword = karen.post(page + path, {{"password", "forkert"}, {"code", codes.at(0)}});
        EXPECT_EQ(noPassword.status, 422) << path;
        EXPECT_THAT(noPassword.body, HasSubstr("Adgangskoden er forkert")) << path;
        const auto noCode = karen.post(page + path, {{"password", password}, {"code", "000000"}});
        EXPECT_EQ(noCode.status, 422) << path;
        EXPECT_THAT(noCode.body, HasSubstr("appens næste kode eller en nødkode")) << path;
    }
    const auto anew = karen.post(page + "/noedkoder", {{"password", password}, {"code", codes.at(0)}}).body;
    EXPECT_THAT(anew, HasSubstr("Tidligere nødkoder virker ikke mere."));
    const auto made = codesOn(anew);
    EXPECT_THAT(made, SizeIs(10));
    EXPECT_EQ(karen.post(page + "/ny-app", {{"password", password}, {"code", made.at(0)}}).location, page + "/app");
    EXPECT_EQ(karen.post(page + "/app", {{"code", code(true)}}).status, 200);
    EXPECT_EQ(world.acts().back(), "user.two_steps_moved");
    world.clock.advance(std::chrono::minutes{1});
    const auto off = karen.post(page + "/fra", {{"password", password}, {"code", code()}});
    EXPECT_THAT(karen.follow(off).body, HasSubstr("er slået fra"));
    EXPECT_EQ(karen.get(page + "/fra").location, page);
    EXPECT_EQ(karen.post(page + "/fra", {{"password", password}, {"code", "000000"}}).status, 409);
}

TEST_F(TwoStepsPages, AnAdministratorSeesWhoHasThemAndResetsAColleagues) {
    turnOn();
    Visitor bo = world.staff(Role::administrator);
    const std::string reset = "/kontor/brugere/" + std::to_string(id) + "/to-trin";
    EXPECT_THAT(bo.get("/kontor/brugere").body, AllOf(HasSubstr("slået til"), HasSubstr("href=\"" + reset + "\"")));
    EXPECT_THAT(bo.get(reset).body, HasSubstr("ring til et nummer, du kender"));
    EXPECT_EQ(world.acts().back(), "user.two_steps_on") << "a look changes nothing";
    EXPECT_THAT(bo.follow(bo.post(reset)).body, HasSubstr("To trin ved login er nulstillet"));
    EXPECT_EQ(world.acts().back(), "user.two_steps_reset");
    EXPECT_THAT(karen.get("/kontor").location, HasSubstr("/kontor/log-ind")) << "signed out everywhere";
    EXPECT_THAT(bo.get(reset).body, HasSubstr("Der er intet at nulstille"));
    EXPECT_EQ(bo.post(reset).status, 409);
    EXPECT_EQ(bo.get("/kontor/brugere/999/to-trin").status, 404);
    EXPECT_EQ(bo.post("/kontor/brugere/999/to-trin").status, 404);
}

TEST_F(TwoStepsPages, WhereTheyAreRequiredNothingElseIsOpenUntilTheyAreOn) {
    world.office.twoSteps = TwoSteps::required;
    world.settings.staff.twoSteps = TwoSteps::required;
    for (const auto& route : web::routes()) {
        if (route.access == Access::everyone || route.access == Access::signedIn || route.access == Access::party)
            continue;
        const std::string path(route.path);
        if (route.method == http::Method::get) EXPECT_EQ(karen.get(path).location, page) << path;
        else EXPECT_EQ(karen.post(path).status, 403) << path;
    }
    const auto kept = karen.post("/kontor/hoeringer/ny", {{"title", "Ny cykelsti"}, {"code", "987321"}});
    EXPECT_EQ(kept.status, 403);
    EXPECT_THAT(kept.body, AllOf(HasSubstr("Slå først to trin"), HasSubstr("Ny cykelsti"), Not(HasSubstr("987321"))));
    const auto asked = karen.get(page);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("I denne kommune logger alle ind med to trin"), HasSubstr("/kontor/log-ud"),
                                  Not(HasSubstr("href=\"/kontor/breve\""))));
    EXPECT_EQ(karen.post("/sprog", {{"til", "en"}, {"tilbage", page}}).status, 303);
    EXPECT_THAT(karen.get(page).body, HasSubstr("Two-step sign-in"));
    EXPECT_EQ(karen.get("/om").status, 200);

    EXPECT_THAT(turnOn(), SizeIs(10));
    EXPECT_EQ(karen.get("/kontor").status, 200);
    EXPECT_EQ(karen.get(page + "/fra").location, page) << "not asked for what would be refused";
    EXPECT_EQ(karen.post(page + "/fra", {{"password", password}, {"code", code()}}).status, 409);
    EXPECT_THAT(world.acts(), Not(Contains("user.two_steps_off")));
    EXPECT_THAT(world.staff(Role::administrator).post("/kontor/log-ud").location, HasSubstr("signed_out"));
}

} // namespace
} // namespace hoering
