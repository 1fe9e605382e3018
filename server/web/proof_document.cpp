#include "web/proof_document.h"

#include "web/ledger_view.h"
#include "web/office_document.h"

namespace hoering::web {
namespace {

using namespace documents;

Cell cell(std::string text) { return {{{std::move(text), false, false, ""}}, false}; }

/// How a letter ended, one of "proof.ended.…".
std::string endOf(const Letter& letter) {
    if (letter.bouncedAt) return "bounced";
    if (letter.state == LetterState::queued || letter.state == LetterState::claimed)
        return letter.attempts > 0 ? "deferred" : "queued";
    if (laidInFolder(letter)) return "laid_in_folder";
    return std::string(stateName(letter.state));
}

struct Writer {
    const text::Words& words;
    const DispatchProof& proof;
    Document& out;

    std::string t(std::string_view key, const Args& args = {}) const { return words(key, args); }
    void heading(int level, std::string text) { out.blocks.emplace_back(Heading{level, std::move(text)}); }
    void paragraph(std::string text) { out.blocks.emplace_back(Paragraph{{{std::move(text), false, false, ""}}}); }

    void consultation();
    void figures();
    void parties();
    void letters();
    void checking();
    Cell fate(const ProofLetter& each) const;
};

void Writer::consultation() {
    const auto& text = proof.consultation.text;
    heading(1, t("proof.consultation"));
    Facts facts;
    const auto row = [&](std::string_view key, std::string value) {
        if (!value.empty()) facts.rows.emplace_back(t(key), std::move(value));
    };
    row("letter.fact.title", text.title);
    row("letter.fact.journal_number", text.journalNumber);
    row("letter.fact.committee", text.committee);
    row("digest.unit", text.unit);
    row("digest.officer", text.officerName);
    if (proof.consultation.openedAt) row("digest.opened", words.momentExact(*proof.consultation.openedAt));
    if (text.deadline) row("letter.fact.deadline", words.deadline(*text.deadline));
    row("label.state", t("state." + std::string(stateName(proof.consultation.state))));
    out.blocks.emplace_back(std::move(facts));
}

void Writer::figures() {
    heading(1, t("proof.figures"));
    std::map<std::string, long> ends;
    long all = 0;
    for (const auto& party : proof.parties)
        for (const auto& each : party.letters) {
            ++ends[endOf(each.letter)];
            ++all;
        }
    Facts facts;
    facts.rows.emplace_back(t("tab.parties"), words.number(static_cast<long long>(proof.parties.size())));
    facts.rows.emplace_back(t("tab.letters"), words.number(all));
    for (const char* end :
         {"accepted", "bounced", "refused", "unknown", "deferred", "queued", "cancelled", "laid_in_folder"})
        if (const auto found = ends.find(end); found != ends.end())
            facts.rows.emplace_back(t("proof.ended." + std::string(end)), words.number(found->second));
    out.blocks.emplace_back(std::move(facts));
    paragraph(t("proof.what_it_proves"));
}

void Writer::parties() {
    heading(1, t("proof.parties"));
    Table table;
    table.caption = t("proof.parties_table");
    table.head = {t("digest.party"), t("digest.role"), t("label.contacts"), t("proof.first_accepted")};
    table.widths = {2.1, 1.4, 4.4, 2.1}; // an address of forty letters in one line
    for (const auto& entry : proof.parties) {
        std::string addresses;
        for (const auto& contact : entry.party.contacts) addresses += (addresses.empty() ? "" : "\n") + contact.mail;
        const Letter* first = nullptr; // that carried the link and was taken for good
        for (const auto& each : entry.letters)
            if (!first && each.letter.link && endOf(each.letter) == "accepted") first = &each.letter;
        table.rows.push_back({cell(entry.party.name), cell(t("party_role." + std::string(roleName(entry.party.role)))),
                              cell(addresses),
                              first && first->doneAt ? cell(words.momentShort(*first->doneAt))
                                                     : Cell{{{t("proof.not_accepted"), true, false, ""}}, false}});
    }
    out.blocks.emplace_back(std::move(table));
}

Cell Writer::fate(const ProofLetter& each) const {
    Cell made{{{t("proof.ended." + endOf(each.letter)), true, false, ""}}, false};
    const auto line = [&](std::string text) { made.spans.push_back({"\n" + std::move(text), false, false, ""}); };
    for (const auto& attempt : each.attempts) {
        std::string said = words.momentExact(attempt.at) + ": " + attemptWord(words, attempt);
        if (!attempt.server.empty()) said += ", " + attempt.server;
        if (const auto reply = replyWords(attempt.code, attempt.reply); !reply.empty()) said += ", " + reply;
        line(std::move(said));
    }
    for (const auto& returned : each.returns)
        line(words.momentExact(returned.at) + ": " + t("proof.returned") + ", " + returned.status + " " +
             returned.diagnostic);
    if (each.letter.state == LetterState::cancelled && each.letter.doneAt) line(words.momentExact(*each.letter.doneAt));
    return made;
}

void Writer::letters() {
    heading(1, t("proof.letters"));
    for (const auto& entry : proof.parties) {
        heading(2, entry.party.name);
        if (entry.letters.empty()) {
            paragraph(t("proof.no_letters"));
            continue;
        }
        Table table;
        table.caption = t("proof.letters_to", {{"party", entry.party.name}});
        table.head = {t("label.queued"), t("label.letter"), t("label.to"), t("label.what_became")};
        table.widths = {1.3, 2.5, 2.8, 3.4};
        for (const auto& each : entry.letters) {
            const auto& letter = each.letter;
            Cell what = cell(t("letter_kind." + std::string(kindName(letter.kind))));
            what.spans.push_back({"\n" + letter.subject, false, true, ""});
            Cell to = cell(letter.toMail);
            if (!letter.toName.empty() && letter.toName != entry.party.name)
                to.spans.push_back({"\n" + letter.toName, false, true, ""});
            to.spans.push_back(
                {"\n" + t("proof.letter_number", {{"number", std::to_string(letter.id)}}), false, true, ""});
            table.rows.push_back(
                {cell(words.momentShort(letter.createdAt)), std::move(what), std::move(to), fate(each)});
        }
        out.blocks.emplace_back(std::move(table));
    }
}

void Writer::checking() {
    heading(1, t("proof.checking"));
    paragraph(t("proof.checking_text"));
    out.blocks.emplace_back(Facts{{{t("proof.journal_entry"), std::to_string(proof.journalEntry)},
                                   {t("proof.journal_hash"), proof.journalHash},
                                   {t("proof.as_of_label"), words.momentExact(proof.asOf)}}});
}

} // namespace

Document proofDocument(const text::Words& words, const DispatchProof& proof, const std::string& municipality,
                       const std::string& colour) {
    auto out = officeDocument(words, words("proof.title", {{"title", proof.consultation.text.title}}), municipality,
                              colour, proof.asOf);
    Writer writer{words, proof, out};
    writer.consultation();
    writer.figures();
    writer.parties();
    writer.letters();
    writer.checking();
    return out;
}

} // namespace hoering::web
