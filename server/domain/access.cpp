#include "domain/access.h"

#include <chrono>

namespace hoering {

Ruling rule(Access access, const Visitor& visitor, bool changes, bool tokenMatches, bool sameOrigin) {
    const auto needs = [&](Role role) {
        if (!visitor.user || visitor.user->disabled) return Ruling::signIn;
        if (visitor.needsTwoSteps && access != Access::signedIn) return Ruling::turnOnTwoSteps;
        return visitor.user->role >= role ? Ruling::allowed : Ruling::forbidden;
    };
    Ruling ruling = Ruling::notFound;
    switch (access) {
    case Access::everyone: ruling = Ruling::allowed; break;
    case Access::signedIn:
    case Access::reader: ruling = needs(Role::reader); break;
    case Access::secretariat: ruling = needs(Role::secretariat); break;
    case Access::administrator: ruling = needs(Role::administrator); break;
    case Access::party: ruling = visitor.party ? Ruling::allowed : Ruling::notFound; break;
    }
    if (ruling != Ruling::allowed || !changes) return ruling;
    if (!sameOrigin) return Ruling::forbidden;
    return tokenMatches ? Ruling::allowed : Ruling::formExpired;
}

bool hasLaterDeadline(const Consultation& consultation, const Party& party) {
    const Deadline common = consultation.text.deadline.value_or(Deadline{});
    return party.ownDeadline && party.ownDeadline->endsAt() > common.endsAt();
}

bool closedEarly(const Consultation& consultation) {
    return consultation.closedAt && consultation.text.deadline &&
           *consultation.closedAt < consultation.text.deadline->endsAt();
}

Deadline deadlineFor(const Consultation& consultation, const Party& party) {
    if (hasLaterDeadline(consultation, party)) return *party.ownDeadline;
    return consultation.text.deadline.value_or(Deadline{});
}

LinkRuling ruleLink(const LinkFacts& link, const Consultation& consultation, const Party& party, Instant now,
                    int graceDays) {
    if (link.revoked) return LinkRuling::revoked; // first: one that was replaced before must not live on
    if (link.replaced) return LinkRuling::replaced;
    if (now >= deadlineFor(consultation, party).endsAt() + std::chrono::days{graceDays}) return LinkRuling::expired;
    return LinkRuling::valid;
}

bool cameLate(const Consultation& consultation, const Party& party, Instant received) {
    if (received >= deadlineFor(consultation, party).endsAt()) return true;
    return closedEarly(consultation) && received >= *consultation.closedAt;
}

Answering mayAnswer(const Consultation& consultation, const Party& party, Instant received) {
    switch (consultation.state) {
    case ConsultationState::open:
    case ConsultationState::closed:
        if (!cameLate(consultation, party, received)) return Answering::inTime;
        return consultation.text.acceptLate ? Answering::late : Answering::over;
    case ConsultationState::draft:
    case ConsultationState::concluded:
    case ConsultationState::cancelled: break;
    }
    return Answering::stopped;
}

std::optional<Error> refusedAnswer(const Consultation& consultation, const Party& party, Instant received) {
    const char* why = "error.consultation.stopped";
    switch (mayAnswer(consultation, party, received)) {
    case Answering::inTime:
    case Answering::late: return std::nullopt;
    case Answering::over:
        why = closedEarly(consultation) ? "error.consultation.closed_early" : "error.deadline.over";
        break;
    case Answering::stopped: break;
    }
    return Error{ErrorKind::closed, why, {}, {}};
}

} // namespace hoering
