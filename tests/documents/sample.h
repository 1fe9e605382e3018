// Documents for the tests and the bench of this room: a small one with every kind of block, a long one in Danish.
// Not here: digests of real consultations (tests/end_to_end).
#pragma once

#include <string>

#include "documents/document.h"

namespace hoering::documents {

/// Danish-looking text of about `bytes` bytes in paragraphs, the same for the same seed.
inline std::string danishText(std::size_t bytes, unsigned seed) {
    static constexpr const char* words[] = {"forvaltningen",
                                            "bestyrelsen",
                                            "medarbejderne",
                                            "høringsfristen",
                                            "forebyggelse",
                                            "ungdomsskolen",
                                            "kommunen",
                                            "organisering",
                                            "sammenhæng",
                                            "vurderer",
                                            "ønsker",
                                            "foreslår",
                                            "bekymring",
                                            "tryghed",
                                            "indsatsen",
                                            "lokalområdet",
                                            "ændringen",
                                            "SSP-samarbejdet",
                                            "børn",
                                            "unge",
                                            "og",
                                            "at",
                                            "i",
                                            "det",
                                            "er",
                                            "en",
                                            "af",
                                            "på",
                                            "for",
                                            "ikke",
                                            "med",
                                            "der",
                                            "som",
                                            "har",
                                            "vil",
                                            "den"};
    std::string text;
    std::size_t inSentence = 0, inParagraph = 0;
    while (text.size() < bytes) {
        seed = seed * 1664525U + 1013904223U;
        std::string word = words[(seed >> 12U) % std::size(words)];
        if (inSentence == 0 && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 32);
        text += word;
        if (++inSentence > 7 + (seed >> 26U) % 9) {
            text += ++inParagraph % 5 == 0 ? ".\n\n" : ". ";
            inSentence = 0;
        } else {
            text += ' ';
        }
    }
    return text;
}

inline Document sample() {
    Document d;
    d.title = "Høringsnotat: Ændret organisering af det trygheds- og kriminalpræventive arbejde";
    d.subject = "Sammenfatning af indkomne høringssvar";
    d.author = "Ishøj Kommune";
    d.headerText = "Høringsnotat · Ændret organisering";
    d.footerText = "Data pr. 31. oktober 2023 kl. 00.00";
    d.asOf = std::chrono::sys_days{std::chrono::year{2023} / 10 / 31};
    d.blocks.push_back(Heading{1, "Sammenfatning i tal"});
    d.blocks.push_back(Paragraph{{{"Forslaget blev sendt i høring hos "},
                                  {"tre høringsparter", true},
                                  {". Læs mere på "},
                                  {"kommunens høringsside", false, false, "https://www.example.dk/høring?a=1&b='2'"},
                                  {" (åbner i browseren)", false, true},
                                  {"."}}});
    d.blocks.push_back(Chart{"Svar fordelt på parter",
                             "Søjlediagram: 3 hørt, 2 har svaret, 1 uden bemærkninger, 0 mangler.",
                             {{"Hørt", 3}, {"Har svaret", 2}, {"Uden bemærkninger", 1}, {"Mangler", 0}}});
    d.blocks.push_back(Facts{{{"Sendt i høring", "onsdag den 27. september 2023"},
                              {"Høringsfrist", "mandag den 30. oktober 2023 kl. 23.59"},
                              {"Forlængelser", "Fristen er ikke forlænget. " + danishText(150, 5)}}});
    d.blocks.push_back(Heading{2, "Høringsparter"});
    Table t;
    t.caption = "Parter og deres svar";
    t.head = {"Part", "Rolle", "Svar", "Ord"};
    t.widths = {5, 2, 3, 1};
    t.rows = {
        {{{{"LokalMED, Center for Børn og Forebyggelse"}}}, {{{"Hørt"}}}, {{{"Har svaret"}}}, {{{"1.204"}}, true}},
        {{{{"Ungdomsskolens bestyrelse"}}}, {{{"Hørt"}}}, {{{"Ingen bemærkninger"}}}, {{{"12"}}, true}},
        {{{{"Københavns Vestegns Politi"}}}, {{{"Orienteret"}}}, {{{"Har svaret"}}}, {{{"86"}}, true}}};
    d.blocks.push_back(t);
    d.blocks.push_back(Heading{2, "Høringssvar"});
    d.blocks.push_back(Heading{3, "LokalMED i Ishøj Ungdom"});
    d.blocks.push_back(Quote{danishText(1400, 7) + "\n\nMed venlig hilsen\nTillidsrepræsentanten"});
    d.blocks.push_back(Heading{4, "Forvaltningens bemærkninger"});
    d.blocks.push_back(List{false, {{{"Punkt et: "}, {danishText(160, 3)}}, {{"Punkt to"}}}});
    d.blocks.push_back(List{true, {{{"Første skridt"}}, {{"Andet skridt"}}}});
    return d;
}

/// n answers of about `bytes` bytes each: a heading, facts, and the words as a quote.
inline Document manyAnswers(std::size_t n, std::size_t bytes) {
    Document d = sample();
    for (std::size_t i = 0; i < n; ++i) {
        const std::string number = std::to_string(i + 1);
        d.blocks.push_back(Heading{3, "Høringssvar nr. " + number});
        d.blocks.push_back(
            Facts{{{"Afsender", "Borger nr. " + number}, {"Modtaget", "mandag den 30. oktober 2023 kl. 12.00"}}});
        d.blocks.push_back(Quote{danishText(bytes, static_cast<unsigned>(i + 1))});
    }
    return d;
}

} // namespace hoering::documents
