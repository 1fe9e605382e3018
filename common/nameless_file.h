// A file without a name, for libraries that open only by path: it is in memory, or in the folder for temporary files.
// Not here: files that last (server/blobs), what is opened this way (common/carried_module.h,
// server/documents/fonts.h).
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

namespace hoering {

enum class Nameless {
    inMemory,          // memfd_create(2)
    inTemporaryFolder, // $TMPDIR, else /tmp; O_TMPFILE, so nothing is ever left there
};

/// The descriptor of a new file of these bytes, closed on exec; its path is namelessPath(). It lives as long as
/// something has it open or mapped. Throws std::system_error. (All in the header: a carried module has no other part
/// of common in it.)
inline int namelessFile(const char* name, std::string_view bytes, Nameless where) {
    int file = -1;
    if (where == Nameless::inMemory) {
        // Mapped, never run as a program: with this flag (Linux 6.3, 0x8 before the headers knew it) the kernel also
        // agrees where vm.memfd_noexec=2. An older kernel does not know it.
        constexpr unsigned neverRun = 0x0008U;
        file = ::memfd_create(name, MFD_CLOEXEC | neverRun);
        if (file < 0 && errno == EINVAL) file = ::memfd_create(name, MFD_CLOEXEC);
    } else {
        const char* folder = std::getenv("TMPDIR");
        file = ::open(folder && *folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    }
    if (file < 0) throw std::system_error(errno, std::generic_category(), name);
    while (!bytes.empty()) {
        const ssize_t n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            const int why = errno;
            ::close(file);
            throw std::system_error(why, std::generic_category(), name);
        }
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return file;
}

/// Good in this process, as long as `file` stays open.
inline std::string namelessPath(int file) { return "/proc/self/fd/" + std::to_string(file); }

} // namespace hoering
