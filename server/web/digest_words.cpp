#include "web/digest_document.h"

namespace hoering::web {

std::string preliminaryText(const text::Words& words, const Digest& digest) {
    if (!digest.runsOnTo) return words("digest.preliminary");
    return words("digest.preliminary_party", {{"deadline", words.deadline(*digest.runsOnTo)}});
}

std::vector<std::pair<std::string, long>> digestBars(const text::Words& words, const DigestFigures& figures) {
    std::vector<std::pair<std::string, long>> bars{{words("digest.bar.consulted"), figures.consulted},
                                                   {words("digest.bar.answered"), figures.answered},
                                                   {words("digest.bar.no_remarks"), figures.noRemarks},
                                                   {words("digest.bar.declined"), figures.declined},
                                                   {words("digest.bar.joint"), figures.joint},
                                                   {words("digest.bar.no_answer"), figures.noAnswer},
                                                   {words("digest.bar.informed"), figures.informed},
                                                   {words("digest.bar.informed_answered"), figures.informedAnswered},
                                                   {words("digest.bar.unsolicited"), figures.unsolicited},
                                                   {words("digest.bar.late"), figures.late}};
    if (figures.withdrawn > 0) bars.emplace_back(words("digest.bar.withdrawn"), figures.withdrawn);
    return bars;
}

} // namespace hoering::web
