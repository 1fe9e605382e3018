#include "domain/extension.h"

#include <algorithm>
#include <iterator>

#include "domain/access.h"

namespace hoering {

std::vector<DeadlineChange> changesSeenBy(const std::vector<DeadlineChange>& all, std::optional<std::int64_t> party) {
    std::vector<DeadlineChange> seen;
    std::copy_if(all.begin(), all.end(), std::back_inserter(seen),
                 [&](const auto& change) { return !change.party || change.party == party; });
    return seen;
}

std::string_view stateName(RequestState state) {
    switch (state) {
    case RequestState::asked: return "asked";
    case RequestState::granted: return "granted";
    case RequestState::refused: return "refused";
    }
    return "";
}

RequestState requestStateFrom(std::string_view name) {
    if (name == "granted") return RequestState::granted;
    return name == "refused" ? RequestState::refused : RequestState::asked;
}

bool mayExtend(const Consultation& consultation) {
    return consultation.text.deadline &&
           (consultation.state == ConsultationState::open || consultation.state == ConsultationState::closed);
}

bool mayExtendOne(const Consultation& consultation) {
    return mayExtend(consultation) && (consultation.state == ConsultationState::open || !closedEarly(consultation));
}

Asking mayAskExtension(const Consultation& consultation, const Party& party, Instant now, int graceDays) {
    if (!mayExtendOne(consultation)) return Asking::no;
    const Instant ends = deadlineFor(consultation, party).endsAt();
    if (now < ends) return Asking::inTime;
    return now < ends + std::chrono::days{graceDays} ? Asking::afterDeadline : Asking::no;
}

} // namespace hoering
