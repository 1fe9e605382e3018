#include "jobs/mail_traffic.h"

#include <algorithm>

namespace hoering {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds rateWindow = 1min, firstWait = 15s, longestWait = 5min, moreSessionsAfter = 1min;

/// The wall clock may have been set back: a wait is never longer than it was meant to be.
bool isOver(Instant since, std::chrono::milliseconds wait, Instant now) { return now >= since + wait || now < since; }

bool isFull(const std::vector<Instant>& begun, int limit) {
    return limit > 0 && begun.size() >= static_cast<std::size_t>(limit);
}

} // namespace

MailTraffic::MailTraffic(TrafficLimits limits) : limits_(limits), sessions_(limits.sessions) {}

void MailTraffic::forget(std::vector<Instant>& begun, Instant now) {
    std::erase_if(begun, [&](Instant at) { return isOver(at, rateWindow, now); });
}

MailTraffic::View MailTraffic::look(Instant now) {
    const std::lock_guard lock(mutex_);
    if (sessions_ < limits_.sessions && isOver(changedSessions_, moreSessionsAfter, now)) {
        ++sessions_;
        changedSessions_ = now;
    }
    forget(begun_, now);
    View view;
    view.open = underWay_ < perSession * sessions_ && !isFull(begun_, limits_.perMinute) &&
                (!away_ || (!probing_ && isOver(awaySince_, wait_, now)));
    const int all = perSession * limits_.sessions, half = all / 2, most = std::max(half, all - perSession);
    for (auto it = domains_.begin(); it != domains_.end();) {
        auto& [name, domain] = *it;
        forget(domain.begun, now);
        if (domain.underWay >= most || isFull(domain.begun, limits_.perDomainPerMinute)) view.closed.push_back(name);
        else if (domain.underWay >= half) view.crowded.push_back(name);
        it = domain.underWay == 0 && domain.begun.empty() ? domains_.erase(it) : std::next(it);
    }
    return view;
}

MailTraffic::Ticket MailTraffic::begin(const std::string& domain, Instant now, bool alone) {
    const std::lock_guard lock(mutex_);
    ++underWay_;
    auto& entry = domains_[domain];
    ++entry.underWay;
    if (limits_.perMinute > 0) begun_.push_back(now);
    if (limits_.perDomainPerMinute > 0) entry.begun.push_back(now);
    probing_ = away_;
    return {domain, alone, away_, false};
}

MailTraffic::Turn MailTraffic::turn(Ticket& ticket) {
    const std::lock_guard lock(mutex_);
    if (away_ && !ticket.probe) return Turn::no;
    auto& domain = domains_[ticket.domain];
    const int most = std::max(1, ticket.alone ? limits_.sessions - 1 : limits_.sessions / 2);
    if (speaking_ >= sessions_ || domain.speaking >= most) return Turn::wait;
    ++speaking_;
    ++domain.speaking;
    ticket.speaks = true;
    return Turn::now;
}

void MailTraffic::release(const Ticket& ticket) {
    --underWay_;
    const auto entry = domains_.find(ticket.domain);
    if (ticket.speaks) {
        --speaking_;
        --entry->second.speaking;
    }
    if (--entry->second.underWay == 0 && entry->second.begun.empty()) domains_.erase(entry);
    if (ticket.probe) probing_ = false;
}

void MailTraffic::end(const Ticket& ticket, bool serverAway, Instant now) {
    const std::lock_guard lock(mutex_);
    release(ticket);
    if (!serverAway) {
        if (away_) sessions_ = limits_.sessions;
        away_ = probing_ = false;
    } else if (away_) {
        if (!ticket.probe) return; // begun before it was known
        wait_ = std::min(wait_ * 2, longestWait);
        awaySince_ = now;
    } else if (speaking_ > 0) {
        sessions_ = std::min(sessions_, speaking_);
        changedSessions_ = now;
    } else {
        away_ = true;
        wait_ = firstWait;
        awaySince_ = now;
    }
}

void MailTraffic::takeBack(const Ticket& ticket) {
    const std::lock_guard lock(mutex_);
    release(ticket);
}

std::optional<Instant> MailTraffic::opensAt(Instant now) const {
    const std::lock_guard lock(mutex_);
    std::optional<Instant> first;
    const auto consider = [&](Instant at) {
        if (at > now && (!first || at < *first)) first = at;
    };
    if (away_) consider(awaySince_ + wait_);
    if (sessions_ < limits_.sessions) consider(changedSessions_ + moreSessionsAfter);
    if (isFull(begun_, limits_.perMinute)) consider(begun_.front() + rateWindow);
    for (const auto& [name, domain] : domains_)
        if (isFull(domain.begun, limits_.perDomainPerMinute)) consider(domain.begun.front() + rateWindow);
    return first;
}

bool MailTraffic::away() const {
    const std::lock_guard lock(mutex_);
    return away_;
}

} // namespace hoering
