#include "support/every_letter.h"

#include <stdexcept>

#include "blobs/file_text.h"
#include "blobs/inspect.h"
#include "common/calendar.h"
#include "common/id.h"
#include "common/strings.h"
#include "sqlite/consultations.h"
#include "sqlite/extensions.h"
#include "sqlite/ledger.h"
#include "sqlite/parties.h"
#include "text/wording.h"
#include "usecases/act_files.h"
#include "usecases/add_enclosure.h"
#include "usecases/answer_extension.h"
#include "usecases/ask_extension.h"
#include "usecases/cancel_consultation.h"
#include "usecases/close_early.h"
#include "usecases/conclude_consultation.h"
#include "usecases/edit_wording.h"
#include "usecases/extend_deadline.h"
#include "usecases/extend_party.h"
#include "usecases/my_settings.h"
#include "usecases/publish_consultation.h"
#include "usecases/record_bounce.h"
#include "usecases/register_response.h"
#include "usecases/register_withdrawal.h"
#include "usecases/resend_link.h"
#include "usecases/send_test_letter.h"

namespace hoering::testing {
namespace {

template <class T> T must(Result<T> result, std::string_view what) {
    if (result.ok()) return std::move(result).value();
    std::string why = std::string(what) + " was refused: " + result.error().key;
    for (const auto& field : result.error().fields) why += " " + field.field + ":" + field.key;
    throw std::logic_error(why);
}

std::string id(std::int64_t number) { return std::to_string(number); }

/// "1-3" of the third party of the first consultation, whatever hostile words follow.
std::string ownOf(const Party& party) {
    const auto& mail = party.contacts.at(0).mail; // kontakt3@part1.example
    const auto at = mail.find('@');
    return mail.substr(at + 5, mail.find('.') - at - 5) + "-" + mail.substr(7, at - 7);
}

} // namespace

EveryLetter::EveryLetter(App& app, ManualClock& clock, int parties)
    : parts_(app.parts()), clock_(clock), story_(app, clock), count_(std::max(parties, 16)) {}

void EveryLetter::at(const std::string& day) { story_.at(parseIsoDate(day).value(), std::chrono::hours{10}); }

std::vector<Party> EveryLetter::partiesOf(std::int64_t consultation) {
    return parts_.database.read([&](sqlite::ReadTx& tx) { return sqlite::partiesOf(tx, consultation); });
}

StoredFile EveryLetter::store(const std::string& name, const std::string& text) {
    const auto blob = parts_.blobs.put(text);
    const auto path = parts_.blobs.pathOf(blob.sha256);
    const auto facts = must(blobs::inspect(path, name), "a file");
    StoredFile file;
    file.search = blobs::searchFile(path, facts.extension, std::chrono::seconds{20}).search;
    file.sha256 = blob.sha256;
    file.size = blob.size;
    file.name = name;
    file.contentType = facts.contentType;
    return file;
}

void EveryLetter::play(const Act& act, std::int64_t consultation, const Fields& fields) {
    const User &karen = staff_.at(0), &bo = staff_.at(1);
    const ActInput input{fields};
    const auto plan = must(parts_.database.read([&](sqlite::ReadTx& tx) {
        return planAct(tx, parts_.office, act, consultation, input, nowFrom(clock_));
    }),
                           act.name);
    if (plan.letters.empty()) throw std::logic_error(std::string(act.name) + " writes to nobody");
    must(parts_.database.write([&](sqlite::Tx& tx) {
        return sendTestLetter(tx, parts_.office, karen, plan.letters.front().letter, newKey());
    }),
         "a test");
    const auto done = must(parts_.database.write([&](sqlite::Tx& tx) {
        return performAct(tx, parts_.office, karen, act, consultation, input, plan.fingerprint, newKey());
    }),
                           act.name);
    story_.at(clock_.now());
    if (done.release != 0)
        must(parts_.database.write([&](sqlite::Tx& tx) { return releaseAct(tx, parts_.office, bo, done.release); }),
             "a release");
    story_.at(clock_.now());
}

void EveryLetter::makeHostileWordings(std::int64_t consultation) {
    for (const auto kind : text::wordedKinds())
        for (const char* language : {"da", "en"}) {
            auto words = text::standardWording(parts_.office.words(language), kind);
            // Not those tails that hold a brace, which a form refuses.
            const WordingInput input{kind, language, hostile(words.subject, 0), hostile(words.body, field_++ % 5), 0};
            must(parts_.database.write([&](sqlite::Tx& tx) {
                return saveWording(tx, parts_.office, staff_.at(0).actor(), consultation, input);
            }),
                 "a wording");
        }
}

std::int64_t EveryLetter::publish(int number) {
    const User& karen = staff_.at(0);
    auto input = inputOf(number, dateOf(toLocal(clock_.now())));
    makeHostile(input);
    input.deadlineDate = "2026-12-11";
    const auto made = must(parts_.database.write([&](sqlite::Tx& tx) {
        return createConsultation(tx, parts_.office, karen.actor(), input, newKey());
    }),
                           "a consultation");
    for (int n = 1; n <= count_; ++n) {
        const std::string own = id(number) + "-" + id(n);
        const PartyInput party{hostile("Part " + own, field_++), n > count_ - 4 ? "informed" : "consulted",
                               n % 2 == 0 ? "en" : "da",
                               "Person " + own + " =?utf-8?q?=0D=0ABcc:_ond=40ond.example?= <kontakt" + id(n) +
                                   "@part" + id(number) + ".example>"};
        must(parts_.database.write([&](sqlite::Tx& tx) { return addParty(tx, karen.actor(), made, party); }),
             "a party");
    }
    must(parts_.database.write([&](sqlite::Tx& tx) {
        return saveReminderPlan(tx, karen.actor(), made,
                                {{"10", "workdays", "09:00"}, {"1", "workdays", "09:00", true}},
                                {true, hostile("Skriv til os", field_++)});
    }),
         "a plan");
    const auto file = store("forslag.txt", "Et forslag.\n");
    must(parts_.database.write([&](sqlite::Tx& tx) {
        return addEnclosure(tx, karen.actor(), made, file, hostile("Forslaget", field_++));
    }),
         "an enclosure");
    makeHostileWordings(made);
    play(publishAct, made, {});
    return made;
}

void EveryLetter::answerAndAsk(std::int64_t consultation) {
    const auto parties = partiesOf(consultation);
    for (const int n : {0, 1}) {
        const auto visit = story_.open(parties.at(n));
        story_.write(visit, hostile("Hemmelig " + ownOf(parties.at(n)), field_++));
        story_.submit(visit);
    }
    at("2026-11-04"); // so that the letter of the morning comes twice
    for (const int n : {2, 3}) story_.noRemarks(story_.open(parties.at(n)));
    for (const int n : {4, 5, 6, 7}) {
        const auto visit = story_.open(parties.at(n));
        const ExtensionInput wish{"2026-12-18", hostile("Hemmelig grund", field_++), newKey(), clock_.now()};
        must(parts_.database.write([&](sqlite::Tx& tx) { return askExtension(tx, parts_.office, visit, wish); }),
             "a wish");
    }
    at("2026-11-05");
    for (const int n : {4, 5, 6, 7}) {
        const auto request = parts_.database.read(
            [&](sqlite::ReadTx& tx) { return sqlite::lastExtensionRequestOf(tx, parties.at(n).id).value(); });
        const auto reason = hostile("Vi har set på det", field_++);
        if (n < 6)
            play(grantExtensionAct, consultation,
                 {{"request", id(request.id)}, {"deadline_date", "2026-12-16"}, {"reason", reason}});
        else play(refuseExtensionAct, consultation, {{"request", id(request.id)}, {"reason", reason}});
    }
}

void EveryLetter::letterComesBack(const Party& party) {
    const auto letters =
        parts_.database.read([&](sqlite::ReadTx& tx) { return sqlite::lettersToContact(tx, party.contacts.at(0).id); });
    const auto done = must(parts_.database.write([&](sqlite::Tx& tx) {
        return recordBounce(tx, Actor::operations("bounce"),
                            {{letters.at(0).messageId},
                             "failed",
                             "5.1.1",
                             hostile("no such mailbox", field_++),
                             letters.at(0).toMail,
                             std::string(63, 'a') + std::string(1, "0123456789abcdef"[field_ % 16])});
    }),
                           "a bounce");
    if (!done.marked) throw std::logic_error("the bounce marked nothing");
}

void EveryLetter::changeThings(std::int64_t consultation) {
    const auto parties = partiesOf(consultation);
    for (const int n : {8, 9}) {
        play(extendPartyAct, consultation,
             {{"party", id(parties.at(n).id)},
              {"deadline_date", "2026-12-17"},
              {"reason", hostile("Materialet kom sent", field_++)}});
        play(resendLinkAct, consultation, {{"contact", id(parties.at(n).contacts.at(0).id)}});
    }
    at("2026-11-06");
    const auto file = store("tal.txt", "Nye tal.\n");
    const auto kept =
        parts_.database.write([&](sqlite::Tx& tx) { return keepActFile(tx, staff_.at(0), consultation, file); });
    play(addEnclosureAct, consultation,
         {{"file", id(kept)},
          {"title_" + id(kept), hostile("Nye tal", field_++)},
          {"reason", hostile("Nyt", field_++)}});
    at("2026-11-09");
    play(extendAct, consultation,
         {{"deadline_date", "2026-12-14"}, {"reason", hostile("Flere har bedt om tid", field_++)}});
    for (const int n : {10, 11})
        play(registerAct, consultation,
             {{"party", id(parties.at(n).id)},
              {"channel", "mail"},
              {"kind", "remarks"},
              {"received_date", "2026-11-09"},
              {"received_time", "9.00"},
              {"text", hostile("Hemmelig " + ownOf(parties.at(n)), field_++)},
              {"receipt", newReceiptNumber(clock_.now())}});
    for (const auto& [party, response] :
         parts_.database.read([&](sqlite::ReadTx& tx) { return standingAnswers(tx, consultation); }))
        if (party.id == parties.at(10).id || party.id == parties.at(11).id)
            play(registerWithdrawalAct, consultation,
                 {{"response", id(response.id)},
                  {"channel", "phone"},
                  {"received_date", "2026-11-09"},
                  {"received_time", "9.30"},
                  {"reason", hostile("Hemmelig " + ownOf(party), field_++)},
                  {"receipt", newReceiptNumber(clock_.now())}});
    for (const int n : {8, 9}) letterComesBack(parties.at(n));
}

void EveryLetter::decide(std::int64_t consultation) {
    at("2026-12-21"); // reminders, the deadlines and the letter after them came on the way
    play(concludeAct, consultation,
         {{"outcome", hostile("Forslaget er vedtaget.", field_++)},
          {"outcome_date", "2026-12-20"},
          {"committee", hostile("Byrådet", field_++)}});
}

void EveryLetter::run() {
    const std::string password = "En lang og god adgangskode 7";
    staff_.push_back(story_.user("karen@kontor.example", "Karen Kontor", Role::secretariat, password));
    staff_.push_back(story_.user("bo@kontor.example", hostile("Bo Berg", 3), Role::secretariat, password));
    const std::pair<int, MySettings> wishes[] = {{0, {"at_once", "da"}}, {1, {"daily", "en"}}};
    for (const auto& [n, wish] : wishes)
        must(parts_.database.write([&](sqlite::Tx& tx) { return saveMySettings(tx, staff_.at(n), wish); }), "a wish");

    const auto decided = publish(1), closed = publish(2), cancelled = publish(3);
    at("2026-11-03");
    answerAndAsk(decided);
    changeThings(decided);
    play(closeEarlyAct, closed, {{"reason", hostile("Udvalget mødes før", field_++)}});
    play(cancelAct, cancelled, {{"reason", hostile("Sagen er trukket", field_++)}});
    decide(decided);
    at("2026-12-22");
}

} // namespace hoering::testing
