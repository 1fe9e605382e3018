#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <sys/socket.h>

#include "common/strings.h"
#include "smtp/mime.h"
#include "smtp/postman.h"
#include "smtp/transcript.h"

namespace hoering::smtp {

namespace {

void startCurlOnce() {
    static std::once_flag started;
    std::call_once(started, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct EndHandle {
    /// libcurl says goodbye over a connection that is left, and would wait for the answer as long as the server likes:
    /// one that will not be read is not waited for.
    void operator()(CURL* handle) const {
        curl_socket_t left = CURL_SOCKET_BAD;
        if (curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &left) == CURLE_OK && left != CURL_SOCKET_BAD)
            ::shutdown(left, SHUT_RD);
        curl_easy_cleanup(handle);
    }
};
using CurlHandle = std::unique_ptr<CURL, EndHandle>;

/// Mails over one connection. Servers count them, too, and some are strict.
constexpr int mailsPerConnection = 100;
/// A connection that was not used for so long is not trusted to be there: a server under load closes it then.
constexpr long idleSeconds = 10;

/// One transfer's state, as the callbacks see it.
struct Transfer {
    std::string_view bytes;
    std::function<void()> beforeHandingOver;
    std::size_t at = 0;
    std::string heldBack; // why beforeHandingOver threw
    Transcript transcript;
};

/// False: the end of the message must not leave.
bool mayHandOver(Transfer& transfer) noexcept {
    try {
        if (transfer.beforeHandingOver) std::exchange(transfer.beforeHandingOver, nullptr)();
        return true;
    } catch (const std::exception& trouble) {
        transfer.heldBack = trouble.what();
        return false;
    }
}

std::size_t onRead(char* to, std::size_t size, std::size_t n, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const auto take = std::min(size * n, transfer.bytes.size() - transfer.at);
    const bool last = transfer.at + take == transfer.bytes.size();
    if (last && !mayHandOver(transfer)) return CURL_READFUNC_ABORT; // cuts the line: without its dot it is no mail
    std::memcpy(to, transfer.bytes.data() + transfer.at, take);
    transfer.at += take;
    // libcurl writes the final dot once it has read everything; before that nothing can have been accepted.
    if (last) transfer.transcript.handedOver();
    return take;
}

int onDebug(CURL*, curl_infotype type, char* data, std::size_t size, void* user) noexcept {
    auto& transcript = static_cast<Transfer*>(user)->transcript;
    if (type == CURLINFO_HEADER_OUT) transcript.sent({data, size});
    if (type == CURLINFO_HEADER_IN) transcript.received({data, size});
    return 0;
}

/// Swallows what libcurl would print.
std::size_t onAnswer(char*, std::size_t size, std::size_t n, void*) { return size * n; }

/// Loopback by its spelling. libcurl never asks DNS for "localhost" (since 7.77), so it is one too.
bool isLoopback(const std::string& host) {
    const auto name = lowerAscii(host);
    if (name == "localhost" || name == "::1") return true;
    const auto parts = split(name, '.');
    return parts.size() == 4 && parts[0] == "127" && std::all_of(parts.begin(), parts.end(), [](std::string_view p) {
               return !p.empty() && p.size() <= 3 &&
                      std::all_of(p.begin(), p.end(), [](char c) { return c >= '0' && c <= '9'; });
           });
}

/// Letters, digits, '.', '-' (and ':' for IPv6): nothing that could end the host or the path of a URL.
bool isHostName(std::string_view name) {
    return !name.empty() && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
               c == ':';
    });
}

class SmtpPostman : public Postman {
  public:
    explicit SmtpPostman(SmtpSettings settings) : settings_(std::move(settings)) {
        startCurlOnce();
        const bool isV6 = settings_.host.find(':') != std::string::npos;
        server_ = (isV6 ? "[" + settings_.host + "]" : settings_.host) + ":" + std::to_string(settings_.port);
    }

    Delivery deliver(const Envelope& envelope) override {
        Transfer transfer{envelope.bytes, envelope.beforeHandingOver, 0, {}, {}};
        try {
            if (auto no = refuseBeforeConnecting(envelope)) return *no;
            Handle handle(*this);
            if (auto delivery = transact(handle, envelope, transfer)) return *delivery;
            // A connection that had carried other mails takes no more: this one was not begun.
            transfer.transcript = {};
            handle.connectAnew();
            return transact(handle, envelope, transfer).value();
        } catch (const std::exception& e) {
            return answer(transfer.transcript.outcome(false), transfer.transcript.code(), e.what());
        }
    }

    void rest() override {
        std::vector<Idle> ended; // before the lock: each one says goodbye to the server
        const std::lock_guard lock(mutex_);
        ended.swap(idle_);
    }

    Delivery probe() const {
        Transfer transfer;
        if (auto no = refuseSettings()) return *no;
        const CurlHandle handle(curl_easy_init());
        if (!handle) return away("out of memory");
        char error[CURL_ERROR_SIZE] = "";
        CURLcode set = CURLE_OK;
        const auto option = [&](CURLoption name, auto value) {
            if (set == CURLE_OK) set = curl_easy_setopt(handle.get(), name, value);
        };
        connectWith(option, transfer, error);
        option(CURLOPT_CUSTOMREQUEST, "NOOP"); // RFC 5321 4.1.1.9: does nothing but answer
        option(CURLOPT_WRITEFUNCTION, &onAnswer);
        if (set != CURLE_OK) return answer(Outcome::tryLater, 0, curl_easy_strerror(set));
        const CURLcode rc = curl_easy_perform(handle.get());
        const auto& transcript = transfer.transcript;
        if (rc == CURLE_OK) return answer(Outcome::sent, transcript.code(), transcript.reply());
        return answer(Outcome::tryLater, transcript.code(),
                      transcript.code() >= 400 ? transcript.reply()
                                               : std::string(*error ? error : curl_easy_strerror(rc)));
    }

  private:
    Delivery answer(Outcome outcome, int code, std::string_view reply) const {
        return {outcome, code, printableLine(server_), printableLine(reply)};
    }

    /// It never came to this letter.
    Delivery away(std::string_view why) const {
        auto delivery = answer(Outcome::tryLater, 0, why);
        delivery.serverAway = true;
        return delivery;
    }

    std::optional<Delivery> refuseBeforeConnecting(const Envelope& e) const {
        if (!isMailAddress(e.recipient)) return answer(Outcome::refused, 0, "the recipient is not a mail address");
        if (!isWireSafe(e.bytes)) return answer(Outcome::refused, 0, "the message is not RFC 5322 with CRLF");
        // The rest is configuration: the mail can go once it is mended.
        if (!isMailAddress(e.sender)) return away("the sender is not a mail address");
        return refuseSettings();
    }

    std::optional<Delivery> refuseSettings() const {
        if (!isHostName(settings_.host)) return away("the mail server's name is not a host name");
        if (!settings_.helloName.empty() && !isHostName(settings_.helloName))
            return away("the EHLO name is not a host name");
        if (settings_.tls == TlsMode::none && !isLoopback(settings_.host))
            return away("mail without TLS is only sent to this machine itself");
        return std::nullopt;
    }

    /// What every connection has, in the same words: one option lost would be mail in clear or without a time limit.
    template <class Option> void connectWith(const Option& option, Transfer& transfer, char* error) const {
        const std::string url =
            (settings_.tls == TlsMode::tls ? "smtps://" : "smtp://") + server_ + "/" + settings_.helloName;
        option(CURLOPT_ERRORBUFFER, error);
        option(CURLOPT_URL, url.c_str()); // libcurl keeps its own copy
        option(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        option(CURLOPT_PROXY, ""); // never one from the environment
        option(CURLOPT_NOSIGNAL, 1L);
        option(CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings_.connectSeconds));
        option(CURLOPT_TIMEOUT, static_cast<long>(settings_.totalSeconds));
        option(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(settings_.totalSeconds)); // also holds for QUIT
        // libcurl has used connections again that were made with other settings for TLS (CVE-2026-4873, CVE-2026-8286).
        // All of this postman's are made here with the same, and no handle is used for anything else.
        option(CURLOPT_MAXCONNECTS, 1L);
        option(CURLOPT_MAXAGE_CONN, idleSeconds);
        option(CURLOPT_USE_SSL, static_cast<long>(settings_.tls == TlsMode::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        option(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        option(CURLOPT_SSL_VERIFYPEER, 1L);
        option(CURLOPT_SSL_VERIFYHOST, 2L);
        // One file, the system's or the operator's: libcurl keeps it parsed from mail to mail only without a folder.
        if (!settings_.caFile.empty()) option(CURLOPT_CAINFO, settings_.caFile.c_str());
        option(CURLOPT_CAPATH, nullptr);
        if (!settings_.user.empty()) {
            option(CURLOPT_USERNAME, settings_.user.c_str());
            option(CURLOPT_PASSWORD, settings_.password.c_str());
            option(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
        }
        option(CURLOPT_VERBOSE, 1L); // only so that the debug function is called; nothing is printed
        option(CURLOPT_DEBUGFUNCTION, &onDebug);
        option(CURLOPT_DEBUGDATA, &transfer);
    }

    struct Idle {
        CurlHandle handle;
        int mails = 0; // that its connection has carried
    };

    /// A libcurl handle on loan, with its connection, which carries one mail after the other. Signing in and TLS take
    /// longer than a mail, and servers limit connections.
    class Handle {
      public:
        explicit Handle(SmtpPostman& owner) : owner_(owner) {
            {
                const std::lock_guard lock(owner.mutex_);
                if (!owner.idle_.empty()) {
                    idle_ = std::move(owner.idle_.back());
                    owner.idle_.pop_back();
                }
            }
            if (!idle_.handle) idle_.handle.reset(curl_easy_init());
        }
        ~Handle() {
            if (!get()) return;
            curl_easy_reset(get()); // it must not keep pointers to this mail
            const std::lock_guard lock(owner_.mutex_);
            // The last ones are taken first: those with a connection, or the server would have one more than it need.
            owner_.idle_.insert(idle_.mails > 0 ? owner_.idle_.end() : owner_.idle_.begin(), std::move(idle_));
        }
        Handle(const Handle&) = delete;
        CURL* get() const { return idle_.handle.get(); }
        bool last() const { return idle_.mails + 1 >= mailsPerConnection; } // its connection closes after this mail
        bool fresh() const { return fresh_; }
        void connectAnew() { fresh_ = true; }
        /// Whether the transfer that ended had the connection of the one before.
        bool usedAgain() const {
            long made = 0;
            curl_easy_getinfo(get(), CURLINFO_NUM_CONNECTS, &made);
            return idle_.mails > 0 && made == 0;
        }
        /// After a transfer: whether there is a connection for the next one.
        void keep(bool well) { idle_.mails = !well || last() ? 0 : usedAgain() ? idle_.mails + 1 : 1; }

      private:
        SmtpPostman& owner_;
        Idle idle_;
        bool fresh_ = false;
    };

    /// nullopt: the server takes no more mails over a connection that has carried others.
    std::optional<Delivery> transact(Handle& handle, const Envelope& e, Transfer& transfer) {
        const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(
            curl_slist_append(nullptr, ("<" + e.recipient + ">").c_str()), curl_slist_free_all);
        if (!handle.get() || !recipients) return away("out of memory");
        char error[CURL_ERROR_SIZE] = "";
        // Every option counts: any failure stops here.
        CURLcode set = CURLE_OK;
        const auto option = [&](CURLoption name, auto value) {
            if (set == CURLE_OK) set = curl_easy_setopt(handle.get(), name, value);
        };
        connectWith(option, transfer, error);
        option(CURLOPT_FRESH_CONNECT, handle.fresh() ? 1L : 0L);
        option(CURLOPT_FORBID_REUSE, handle.last() ? 1L : 0L);
        const std::string from = "<" + e.sender + ">";
        option(CURLOPT_MAIL_FROM, from.c_str());
        option(CURLOPT_MAIL_RCPT, recipients.get());
        option(CURLOPT_UPLOAD, 1L);
        option(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(e.bytes.size()));
        option(CURLOPT_READFUNCTION, &onRead);
        option(CURLOPT_READDATA, &transfer);
        if (set != CURLE_OK) return away(curl_easy_strerror(set));

        const CURLcode rc = curl_easy_perform(handle.get());
        const auto& transcript = transfer.transcript;
        const bool again = handle.usedAgain();
        handle.keep(rc == CURLE_OK);
        if (again && rc != CURLE_OK && rc != CURLE_OPERATION_TIMEDOUT && transcript.wantsNewConnection())
            return std::nullopt;
        // Where the server did not say no, what libcurl saw says more than the server's last "go on".
        const std::string_view what = !transfer.heldBack.empty() ? std::string_view(transfer.heldBack)
                                      : rc == CURLE_OK || transcript.code() >= 400
                                          ? std::string_view(transcript.reply())
                                      : *error ? std::string_view(error)
                                               : curl_easy_strerror(rc);
        auto delivery = answer(transcript.outcome(rc == CURLE_OK), transcript.code(), what);
        delivery.serverAway = transcript.serverAway(rc == CURLE_OK);
        return delivery;
    }

    SmtpSettings settings_;
    std::string server_;
    std::mutex mutex_; // guards idle_
    std::vector<Idle> idle_;
};

} // namespace

Delivery probe(const SmtpSettings& settings) {
    try {
        return SmtpPostman(settings).probe();
    } catch (const std::exception& trouble) {
        return {Outcome::tryLater, 0, "", trouble.what()};
    }
}

std::unique_ptr<Postman> makeSmtpPostman(SmtpSettings settings) {
    return std::make_unique<SmtpPostman>(std::move(settings));
}

} // namespace hoering::smtp
