#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "smtp/mime.h"
#include "smtp/postman.h"
#include "smtp/transcript.h"

namespace hoering::smtp {

namespace {

/// A file name of letters, digits, '-', '_' and inner dots, at most 200 characters: no folder, not hidden.
std::string safeFileName(std::string_view wish) {
    std::string out(wish.substr(0, 200));
    const auto isSafe = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
               c == '.';
    };
    std::replace_if(
        out.begin(), out.end(), [&](char c) { return !isSafe(c); }, '_');
    if (out.empty() || out.front() == '.') out.insert(out.begin(), '_');
    return out;
}

/// A file descriptor that closes itself.
struct Descriptor {
    int fd = -1;
    ~Descriptor() {
        if (fd >= 0) ::close(fd);
    }
};

bool writeAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

class FolderPostman : public Postman {
  public:
    explicit FolderPostman(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// A disk that is full or ill is tryLater: the next try has the same name and so cannot make a second copy.
    Delivery deliver(const Envelope& envelope) override {
        try {
            if (!isMailAddress(envelope.recipient))
                return {Outcome::refused, 0, "", "the recipient is not a mail address"};
            if (envelope.beforeHandingOver) envelope.beforeHandingOver();
            const int problem = store(safeFileName(envelope.fileName) + ".eml", envelope.bytes);
            if (problem != 0) return {Outcome::tryLater, 0, "", printableLine(std::strerror(problem)), true};
            return {Outcome::sent, 0, "", ""};
        } catch (const std::exception& e) {
            return {Outcome::tryLater, 0, "", printableLine(e.what()), true};
        }
    }

  private:
    /// 0, or the errno of what went wrong; then nothing is left behind. The file is readable by its owner only: a mail
    /// holds a personal link.
    int store(const std::string& name, std::string_view bytes) const {
        std::error_code made;
        std::filesystem::create_directories(folder_, made);
        if (made) return made.value();
        std::string temp = (folder_ / ".mail-XXXXXX").string();
        const Descriptor file{::mkostemp(temp.data(), O_CLOEXEC)};
        if (file.fd < 0) return errno;
        if (!writeAll(file.fd, bytes) || ::fsync(file.fd) != 0 ||
            ::rename(temp.c_str(), (folder_ / name).c_str()) != 0) {
            const int problem = errno;
            ::unlink(temp.c_str());
            return problem;
        }
        const Descriptor folder{::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
        return folder.fd < 0 || ::fsync(folder.fd) != 0 ? errno : 0;
    }

    std::filesystem::path folder_;
    std::string name_; // of the folder alone: a data folder may be moved and its ledger still true
};

} // namespace

std::unique_ptr<Postman> makeFolderPostman(std::filesystem::path folder) {
    return std::make_unique<FolderPostman>(std::move(folder));
}

} // namespace hoering::smtp
