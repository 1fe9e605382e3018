#include <algorithm>

#include "common/id.h"
#include "domain/digest.h"
#include "usecases/register_response.h"
#include "usecases/register_withdrawal.h"
#include "web/act_fields.h"

namespace hoering::web {
namespace {

std::vector<const Party*> inDanishOrder(const std::vector<Party>& parties) {
    std::vector<const Party*> sorted;
    for (const auto& party : parties) sorted.push_back(&party);
    std::sort(sorted.begin(), sorted.end(),
              [](const Party* a, const Party* b) { return danishLess(a->name, b->name); });
    return sorted;
}

Markup whoFields(const Desk& desk, const Form& form, const std::vector<const Party*>& parties) {
    const auto& words = desk.words;
    std::vector<Choice> choices{{"", words("choice.party")}};
    for (const Party* party : parties) choices.push_back({std::to_string(party->id), party->name});
    choices.push_back({std::string(newParty), words("choice.not_invited")});
    return selectField(form, {"party", words("label.answer_of"), "", true}, choices, "") +
           textField(form, {"party_name", words("label.not_invited_name"), words("hint.not_invited_name")});
}

Markup whenFields(const Desk& desk, const Form& form, std::string_view dateHint, std::string_view timeHint) {
    const auto& words = desk.words;
    Field date{"received_date", words("label.received_date"), words(dateHint), true};
    date.size = 22;
    Field time{"received_time", words("label.received_time"), words(timeHint), true};
    time.size = 8;
    return textField(form, date) + textField(form, time);
}

Markup howFields(const Desk& desk, const Form& form) {
    const auto& words = desk.words;
    return radios(form, "channel", words("label.came_as"),
                  {{"mail", words("choice.channel_mail")},
                   {"letter", words("choice.channel_letter")},
                   {"meeting", words("choice.channel_meeting")}},
                  "") +
           whenFields(desk, form, "hint.received_date", "hint.received_time");
}

Markup jointFields(const Desk& desk, const Form& form, const std::vector<const Party*>& parties) {
    Markup boxes;
    for (const Party* party : parties) {
        if (party->unsolicited) continue;
        const std::string name = "joint_" + std::to_string(party->id);
        if (const auto error = form.error(name)) boxes += el("span", {{"class", "form-error-message"}}, *error);
        boxes += checkBox(form, name, party->name, false);
    }
    if (boxes.empty()) return {};
    return el("details", {{"class", "form-group"}, {"open", form.triedBefore()}},
              el("summary", {}, desk.t("label.on_behalf_also")),
              el("fieldset", {}, el("legend", {{"class", "form-label"}}, desk.t("hint.on_behalf_also")), boxes));
}

} // namespace

Markup registerFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    const auto& words = desk.words;
    const auto parties = inDanishOrder(about.parties);
    // The number is made here, so that the preview shows the letter exactly as it will be sent.
    return hidden("receipt", form.value("receipt", newReceiptNumber(desk.now.instant))) +
           whoFields(desk, form, parties) + howFields(desk, form) +
           radios(form, "kind", words("label.answer_kind"),
                  {{"remarks", words("choice.kind_remarks")},
                   {"no_remarks", words("choice.kind_no_remarks")},
                   {"declined", words("choice.kind_declined")}},
                  "") +
           textArea(form, {"text", words("label.answer_text"), words("hint.answer_text")}, 12, "", longestResponse) +
           actFileFields(desk, form, about, ActFiles::plain, false) + jointFields(desk, form, parties);
}

Markup withdrawalFields(const Desk& desk, const Form& form, const ConsultationDesk& about) {
    const auto& words = desk.words;
    const auto standing =
        desk.services.database.read([&](sqlite::ReadTx& tx) { return standingAnswers(tx, about.consultation.id); });
    std::vector<Choice> answers{{"", words("choice.answer")}};
    for (const auto& [party, response] : standing)
        answers.push_back(
            {std::to_string(response.id), words("choice.answer_of", {{"party", party.name},
                                                                     {"version", words.number(response.version)},
                                                                     {"moment", words.moment(response.receivedAt)}})});
    return hidden("receipt", form.value("receipt", newReceiptNumber(desk.now.instant))) +
           selectField(form, {"response", words("label.withdrawn_answer"), "", true}, answers,
                       desk.request.queryValue("response")) +
           radios(form, "channel", words("label.withdrawal_came_as"),
                  {{"mail", words("choice.channel_mail")},
                   {"letter", words("choice.channel_letter")},
                   {"meeting", words("choice.channel_meeting")},
                   {"phone", words("choice.channel_phone")}},
                  "") +
           whenFields(desk, form, "hint.withdrawal_date", "hint.withdrawal_time") +
           textArea(form, {"reason", words("label.withdrawal_words"), words("hint.withdrawal_words"), true}, 4);
}

} // namespace hoering::web
