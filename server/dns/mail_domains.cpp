#include "dns/mail_domains.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <vector>

#include <ares.h>
#include <arpa/nameser.h>
#include <poll.h>

namespace hoering::dns {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t mostHosts = 10; // of a domain; more exchangers are not asked about

void startLibraryOnce() {
    static std::once_flag started;
    std::call_once(started, [] { ares_library_init(ARES_LIB_INIT_ALL); });
}

class LookUp {
  public:
    LookUp(const std::set<std::string>& domains, const DnsSettings& settings)
        : settings_(settings), waiting_(domains.rbegin(), domains.rend()) {
        for (const auto& domain : domains) answers_[domain] = DomainAnswer::unknown;
    }
    ~LookUp() {
        if (channel_) ares_destroy(channel_);
    }
    LookUp(const LookUp&) = delete;

    std::map<std::string, DomainAnswer> run() {
        if (!open()) return answers_;
        const auto end = Steady::now() + settings_.whole;
        askMore();
        while (underWay_ > 0) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Steady::now());
            if (left.count() <= 0) {
                waiting_.clear();
                ares_cancel(channel_); // answers every question under way: cancelled
                break;
            }
            exchange(left);
            askMore();
        }
        return answers_;
    }

  private:
    /// What is asked about one domain, one question after another.
    struct Question {
        LookUp& lookUp;
        std::string domain;
        int type;                       // ns_t_mx, ns_t_a, ns_t_aaaa
        std::vector<std::string> hosts; // its exchangers that are still to be asked about, the next one last
        bool unsure = false;            // of one of them nobody could tell
        const std::string& name() const { return hosts.empty() ? domain : hosts.back(); }
    };

    bool open() {
        startLibraryOnce();
        ares_options options{};
        options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
        options.timeout = static_cast<int>(settings_.timeout.count());
        options.tries = settings_.tries;
        if (ares_init_options(&channel_, &options, ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES) !=
            ARES_SUCCESS) {
            channel_ = nullptr;
            return false;
        }
        return settings_.server.empty() ||
               ares_set_servers_ports_csv(channel_, settings_.server.c_str()) == ARES_SUCCESS;
    }

    void askMore() {
        while (underWay_ < settings_.atOnce && !waiting_.empty()) {
            auto domain = std::move(waiting_.back());
            waiting_.pop_back();
            ++underWay_;
            ask({*this, std::move(domain), ns_t_mx, {}});
        }
    }

    void ask(Question question) {
        auto kept = std::make_unique<Question>(std::move(question));
        const auto& name = kept->name();
        const int type = kept->type;
        // The callback takes it over; it may be called before this returns.
        auto* raw = kept.release();
        ares_query(channel_, name.c_str(), ns_c_in, type, &onAnswer, raw);
    }

    static void onAnswer(void* user, int status, int, unsigned char* bytes, int size) noexcept {
        const std::unique_ptr<Question> question(static_cast<Question*>(user));
        question->lookUp.take(std::move(*question), status, bytes, size);
    }

    void take(Question question, int status, const unsigned char* bytes, int size) {
        const bool nothing = status == ARES_ENODATA;
        if (question.type == ns_t_mx) {
            if (status == ARES_SUCCESS) return takeExchangers(std::move(question), bytes, size);
            // No exchanger: the domain itself stands in for one, if it has an address.
            if (nothing) return ask({*this, question.domain, ns_t_a, {}});
        } else {
            if (status == ARES_SUCCESS) return done(question, DomainAnswer::accepts);
            if (nothing && question.type == ns_t_a) {
                question.type = ns_t_aaaa;
                return ask(std::move(question));
            }
            if (!question.hosts.empty()) return takeLost(std::move(question), nothing || status == ARES_ENOTFOUND);
        }
        done(question, nothing || status == ARES_ENOTFOUND ? DomainAnswer::doesNotExist : DomainAnswer::unknown);
    }

    /// Asks whether the first of them has an address.
    void takeExchangers(Question question, const unsigned char* bytes, int size) {
        ares_mx_reply* list = nullptr;
        const int status = ares_parse_mx_reply(bytes, size, &list);
        const std::unique_ptr<ares_mx_reply, decltype(&ares_free_data)> freed(list, [](void* data) {
            if (data) ares_free_data(data);
        });
        if (status != ARES_SUCCESS || !list) return done(question, DomainAnswer::unknown);
        for (const auto* each = list; each && question.hosts.size() < mostHosts; each = each->next)
            if (each->host[0] != '\0') question.hosts.emplace_back(each->host);
        if (question.hosts.empty()) return done(question, DomainAnswer::nullMx); // its only exchanger is "."
        question.type = ns_t_a;
        ask(std::move(question));
    }

    /// One of the exchangers has no address, or nobody could tell: on to the next.
    void takeLost(Question question, bool surely) {
        question.unsure |= !surely;
        question.hosts.pop_back();
        if (question.hosts.empty())
            return done(question, question.unsure ? DomainAnswer::unknown : DomainAnswer::lostExchangers);
        question.type = ns_t_a;
        ask(std::move(question));
    }

    void done(const Question& question, DomainAnswer answer) {
        --underWay_;
        answers_[question.domain] = answer;
    }

    /// Waits until a socket has something, or a question's time is over; then lets the library work.
    void exchange(std::chrono::milliseconds patience) {
        ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
        const int wanted = ares_getsock(channel_, sockets, ARES_GETSOCK_MAXNUM);
        std::vector<pollfd> polled;
        for (int n = 0; n < ARES_GETSOCK_MAXNUM; ++n) {
            short events = 0;
            if (ARES_GETSOCK_READABLE(wanted, n)) events |= POLLIN;
            if (ARES_GETSOCK_WRITABLE(wanted, n)) events |= POLLOUT;
            if (events != 0) polled.push_back({sockets[n], events, 0});
        }
        timeval longest{patience.count() / 1000, patience.count() % 1000 * 1000}, next{};
        const timeval* wait = ares_timeout(channel_, &longest, &next);
        // Rounded up: a wait of less than a millisecond must not become none at all.
        const auto milliseconds = static_cast<int>(wait->tv_sec * 1000 + (wait->tv_usec + 999) / 1000);
        ::poll(polled.data(), polled.size(), milliseconds);
        for (const auto& each : polled) {
            const bool broken = (each.revents & (POLLERR | POLLHUP)) != 0;
            const bool read = (each.revents & POLLIN) != 0 || (broken && (each.events & POLLIN) != 0);
            const bool write = (each.revents & POLLOUT) != 0 || (broken && (each.events & POLLOUT) != 0);
            if (read || write)
                ares_process_fd(channel_, read ? each.fd : ARES_SOCKET_BAD, write ? each.fd : ARES_SOCKET_BAD);
        }
        ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD); // what has timed out
    }

    const DnsSettings& settings_;
    std::vector<std::string> waiting_; // the last is the next
    std::map<std::string, DomainAnswer> answers_;
    ares_channel channel_ = nullptr;
    int underWay_ = 0;
};

} // namespace

std::map<std::string, DomainAnswer> lookUpDomains(const std::set<std::string>& domains, const DnsSettings& settings) {
    return LookUp(domains, settings).run();
}

} // namespace hoering::dns
