// Asks DNS whether mail to a domain can arrive at all: the only room with c-ares.
// Not here: what a mail address is (common/mail_address), who asks and what is shown (the send gate, server/web).
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>

#include "common/mail_address.h"

namespace hoering::dns {

struct DnsSettings {
    std::string server;                      // "192.0.2.53", "192.0.2.53:5353"; "": the machine's (/etc/resolv.conf)
    std::chrono::milliseconds timeout{2000}; // of one question to one server; the second try waits longer
    int tries = 2;
    std::chrono::milliseconds whole{10'000}; // for all domains together; what is not known then is `unknown`
    int atOnce = 32;                         // domains asked about at the same time
};

/// One answer for each domain (A-labels, "xn--…"). Asks for MX, then for an address of its exchangers, A then AAAA,
/// until one has one; where there is no MX for an address of the domain itself (RFC 5321 5.1); over TCP when an answer
/// was cut off. Blocks at most `whole`. Never throws for what the network does.
std::map<std::string, DomainAnswer> lookUpDomains(const std::set<std::string>& domains, const DnsSettings& settings);

} // namespace hoering::dns
