#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "app.h"
#include "common/crypto.h"

namespace hoering {

void DataFolder::create() const {
    for (const auto& folder : {root, files(), incoming(), mail()}) {
        std::filesystem::create_directories(folder);
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    }
}

std::string DataFolder::readOrMakeKey() const {
    const std::string path = key().string();
    if (std::filesystem::exists(key())) {
        std::ifstream in(path, std::ios::binary);
        std::string secret((std::istreambuf_iterator<char>(in)), {});
        if (secret.size() < 32)
            throw std::runtime_error(path + " is damaged: it must hold 32 bytes. Restore it from a backup.");
        return secret;
    }
    if (std::filesystem::exists(database()))
        throw std::runtime_error(path + " is missing, but there is a database. Without it no personal link works. "
                                        "Restore it from a backup.");
    const std::string secret = randomBytes(32);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written = file >= 0 &&
                         ::write(file, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size()) &&
                         ::fsync(file) == 0;
    const std::string why = std::strerror(errno);
    if (file >= 0) ::close(file);
    if (!written) throw std::runtime_error("cannot write " + path + ": " + why);
    const int folder = ::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return secret;
}

} // namespace hoering
