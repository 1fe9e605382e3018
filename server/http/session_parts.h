// What the three halves of a session share: limits, the job handed to a worker, a file being sent.
// Not here: the session itself (session.h), and nothing outside server/http needs this.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "http/session.h"

namespace hoering::http {

inline constexpr auto token = net::as_tuple_t<net::use_awaitable_t<Executor>>{};
using ErrorCode = boost::system::error_code;

inline constexpr std::size_t headLimit = 16 * 1024;
inline constexpr std::size_t headRoom = 8 * 1024; // also of most forms
inline constexpr std::size_t bodyRoom = 64 * 1024;
inline constexpr std::size_t uploadPiece = 64 * 1024; // handed to the spool at once
inline constexpr std::size_t filePiece = 256 * 1024;
inline constexpr std::size_t framingLimit = 32 * 1024; // of chunk extensions and trailers
inline constexpr int gone = -1;                        // the peer left: nobody to answer

/// Whether the other side keeps up: each stretch of time spent waiting for it must bring its share.
class Pace {
  public:
    Pace(std::uint64_t bytesPerSecond, std::chrono::milliseconds window) : least_(bytesPerSecond), window_(window) {}
    /// After each step: what it brought, and how long it was waited for. True when a stretch brought too little.
    bool tooSlow(std::uint64_t bytes, Steady::duration waited);

  private:
    const std::uint64_t least_;
    const Steady::duration window_;
    std::uint64_t bytes_ = 0;
    Steady::duration waited_{};
};

/// What the program says to a status; a bare line when it fails.
Reply problemReply(const Edge& edge, int status, const Request& request);

struct Session::OpenFile {
    explicit OpenFile(const std::filesystem::path& path) : fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        struct stat status {};
        if (fd < 0 || ::fstat(fd, &status) != 0) {
            const int why = errno;
            if (fd >= 0) ::close(fd);
            throw std::system_error(why, std::generic_category(), "open file to send");
        }
        size = static_cast<std::uint64_t>(status.st_size);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() { ::close(fd); }
    int fd;
    std::uint64_t size = 0;
};

/// What a worker and a session share; the session reads it when `done`, which only its own thread sets.
struct Session::Job {
    Request request;
    Request head; // of the request, for the page that says it failed
    Reply reply;
    std::unique_ptr<OpenFile> file;
    bool done = false;
};

} // namespace hoering::http
