#include "cli/demo_example.h"

#include "cli/demo_story.h"
#include "cli/demo_texts.h"
#include "common/crypto.h"
#include "documents/docx.h"
#include "documents/pdf.h"
#include "sqlite/consultations.h"

namespace hoering::cli {

using namespace std::chrono_literals;

namespace {

constexpr const char* municipality = "Ishøj Kommune";

documents::Document paper(const char* name, const char* title, const char* subject, const char* author,
                          LocalDate asOf) {
    auto document = documentFrom(demoText(name).body, title, subject, author);
    document.asOf = std::chrono::sys_days{asOf};
    return document;
}

/// Everything both consultations need.
struct Stage {
    Story& story;
    const User &administrator, &secretariat;
    ExampleDates dates;
    Args holes;
};

/// Already over: a small round with an answer from everybody.
void playSchools(const Stage& stage) {
    auto& story = stage.story;
    const LocalDate opened = workingDayOnOrAfter(addDays(stage.dates.start, 4));
    const LocalDate deadline = workingDayOnOrAfter(addDays(opened, 30));
    story.at(addDays(opened, -1), 13h);
    const auto id =
        story.draft(stage.secretariat, demoText("sfo.md", stage.holes), addDays(opened, -1), isoDate(deadline));
    const auto note = paper("sfo-notat.md", "Notat om åbningstider i SFO", "Optælling og økonomi",
                            "Center for Dagtilbud og Uddannelse", opened);
    story.enclose(stage.secretariat, id, "Notat om åbningstider.pdf", documents::toPdf(note), "Notat om åbningstider");
    story.at(opened, 9h + 30min);
    story.publish(stage.secretariat, id);

    story.at(addDays(opened, 6), 19h + 12min);
    story.noRemarks(story.open(story.party(id, "Forældrerådet")));
    story.at(addDays(opened, 13), 14h + 5min);
    auto council = story.open(story.party(id, "LokalMED"));
    story.write(council, demoText("sfo-svar-lokalmed.md").body);
    story.submit(council);
    story.at(deadline, 21h + 40min); // the board meets in the evening: reminded, and in time on the last day
    auto board = story.open(story.party(id, "Skolebestyrelsen"));
    story.write(board, demoText("sfo-svar-bestyrelse.md").body);
    story.submit(board);
}

/// Open now: the re-organisation, as far as it has come.
std::int64_t playSafety(const Stage& stage) {
    auto& story = stage.story;
    const auto& [opened, decided, deadline, start] = stage.dates;
    story.at(decided, 15h + 20min);
    const auto id = story.draft(stage.secretariat, demoText("tryghed.md", stage.holes), decided, isoDate(deadline));
    const auto note = paper("notat.md", "Notat om to modeller for den operative indsats", "Arbejdsgruppens notat",
                            municipality, decided);
    const auto terms = paper("kommissorium.md", "Kommissorium for arbejdsgruppen",
                             "Fremtidens tryghedsarbejde og kriminalitetsforebyggelse", municipality, decided);
    story.enclose(stage.secretariat, id, "Notat om to modeller.pdf", documents::toPdf(note),
                  "Arbejdsgruppens notat om to modeller");
    story.enclose(stage.secretariat, id, "Notat om to modeller.docx", documents::toDocx(note),
                  "Arbejdsgruppens notat om to modeller (Word)");
    story.enclose(stage.secretariat, id, "Kommissorium.pdf", documents::toPdf(terms), "Kommissorium");
    story.at(opened, 10h + 5min);
    story.publish(stage.secretariat, id);

    story.at(addDays(opened, 1), 8h + 52min);
    const auto staff = story.party(id, "Center for Børn og Forebyggelse");
    story.open(staff);
    story.at(addDays(opened, 3), 11h + 17min);
    story.noRemarks(story.open(story.party(id, "Vejleparken")));
    story.at(addDays(opened, 4), 16h + 31min);
    story.open(story.party(id, "Ishøj Ungdom"));
    story.at(addDays(opened, 5), 13h + 44min);
    auto visit = story.open(staff);
    auto plan = paper("svar-cbf-bilag.md", "Forslag til kompetenceforløb", "Bilag til høringssvar",
                      "LokalMED i Center for Børn og Forebyggelse", addDays(opened, 5));
    story.write(visit, demoText("svar-cbf-1.md").body);
    story.attach(visit, "Forslag til kompetenceforløb.pdf", documents::toPdf(plan));
    story.submit(visit);
    story.at(addDays(opened, 6), 9h + 8min);
    auto police = story.open(story.party(id, "Politi"));
    story.write(police, demoText("svar-politi.md").body);
    story.submit(police);
    story.at(addDays(opened, 8), 10h + 26min);
    story.correct(visit, demoText("svar-cbf-2.md").body);
    story.at(addDays(opened, 9), 20h + 3min);
    const auto board = story.party(id, "Ungdomsskolen");
    story.write(story.open(board), demoText("kladde-bestyrelse.md").body);
    return id;
}

/// Never sent: somebody began from an old letter and left its blanks.
void playDraft(const Stage& stage, LocalDate today) {
    auto& story = stage.story;
    story.at(addDays(stage.dates.opened, 10), 14h + 11min);
    const LocalDate deadline = workingDayOnOrAfter(addDays(today, 40));
    story.draft(stage.secretariat, demoText("udkast.md", stage.holes), stage.dates.decided, isoDate(deadline));
}

} // namespace

ExampleDates exampleDates(LocalDate today) {
    ExampleDates dates;
    dates.opened = addDays(today, -12);
    const auto fits = [](LocalDate day) {
        const auto weekday = weekdayOf(day).iso_encoding();
        return weekday >= 3 && weekday <= 5 && isWorkingDay(day);
    };
    while (!fits(dates.opened)) dates.opened = addDays(dates.opened, -1);
    dates.decided = addDays(dates.opened, -2);
    dates.deadline = addDays(today, 21);
    while (!isWorkingDay(dates.deadline) || weekdayOf(dates.deadline).iso_encoding() > 4)
        dates.deadline = addDays(dates.deadline, 1);
    dates.start = addDays(today, -80);
    return dates;
}

Example playExample(App& app, ManualClock& clock, Instant now) {
    const LocalDate today = dateOf(toLocal(now));
    const auto dates = exampleDates(today);
    Example example{"demo@ishoj.example", "sekretariat@ishoj.example", randomToken(9), {}, {}, {}};
    Story story(app, clock);
    story.at(dates.start, 9h);
    const User administrator =
        story.user(example.administrator, "Demo Administrator", Role::administrator, example.password);
    const User secretariat = story.user(example.secretariat, "Anne Holm", Role::secretariat, example.password);
    const Stage stage{story,
                      administrator,
                      secretariat,
                      dates,
                      {{"year", std::to_string(static_cast<int>(today.year()))},
                       {"decided", app.parts().office.words("da").weekdayDate(dates.decided)}}};
    playSchools(stage);
    const auto id = playSafety(stage);
    playDraft(stage, today);
    story.at(now);

    const auto board = story.party(id, "Ungdomsskolen");
    example.partyName = board.name;
    example.partyPath = "/svar/" + story.tokenOf(board);
    const auto consultation =
        app.parts().database.read([&](sqlite::ReadTx& tx) { return sqlite::findConsultation(tx, id); });
    example.publicPath = "/hoering/" + consultation.value().slug;
    return example;
}

} // namespace hoering::cli
