#include "sqlite/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

namespace hoering::sqlite {

namespace {

std::string ownerIn(int file) {
    char text[32] = {};
    const auto n = ::pread(file, text, sizeof text - 1, 0);
    std::string pid;
    for (ssize_t i = 0; i < n && text[i] >= '0' && text[i] <= '9'; ++i) pid += text[i];
    return pid.empty() ? "another process" : "process " + pid;
}

} // namespace

FolderLock::FolderLock(const std::filesystem::path& folder) {
    const auto path = folder / "hoering.lock";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0)
        throw std::runtime_error("The data folder " + folder.string() + " cannot be written: " + std::strerror(errno) +
                                 ".");
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        const std::string owner = ownerIn(file_);
        ::close(file_);
        throw std::runtime_error("The data folder " + folder.string() + " is in use by " + owner +
                                 ". Only one process may have it; stop that one first.");
    }
    // The number is a help for the reader of the message above; the lock holds without it, even on a full disk.
    const std::string pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(file_, 0) == 0) (void)!::pwrite(file_, pid.data(), pid.size(), 0);
}

FolderLock::~FolderLock() { ::close(file_); }

std::optional<pid_t> holderOf(const std::filesystem::path& folder) {
    const int file = ::open((folder / "hoering.lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return std::nullopt;
    std::optional<pid_t> holder;
    if (::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        char text[32] = {};
        (void)!::pread(file, text, sizeof text - 1, 0);
        holder = static_cast<pid_t>(std::strtol(text, nullptr, 10));
    }
    ::close(file);
    return holder;
}

} // namespace hoering::sqlite
