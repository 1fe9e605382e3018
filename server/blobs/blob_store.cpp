#include "blobs/blob_store.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "blobs/descriptor.h"
#include "common/crypto.h"
#include "common/log.h"

namespace hoering::blobs {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view unfinished = ".new-";

[[noreturn]] void fail(const std::string& doing, const fs::path& what) {
    throw BlobFailed(doing + " " + what.string() + ": " + std::strerror(errno));
}

Descriptor openToRead(const fs::path& file) {
    return Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
}

/// Calls f(bytes) for all of the file, in pieces. Returns how many there were.
template <class F> std::uint64_t eachPiece(int file, const fs::path& path, F&& f) {
    std::vector<char> piece(256 * 1024);
    std::uint64_t total = 0;
    for (;;) {
        const auto n = ::read(file, piece.data(), piece.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail("reading", path);
        if (n == 0) return total;
        total += static_cast<std::uint64_t>(n);
        f(std::string_view(piece.data(), static_cast<std::size_t>(n)));
    }
}

BlobId identify(int file, const fs::path& path) {
    Sha256 hash;
    BlobId id;
    id.size = eachPiece(file, path, [&](std::string_view bytes) { hash.update(bytes); });
    id.sha256 = hash.hex();
    return id;
}

bool isSha256(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// Deletes the file unless told to keep it.
struct Draft {
    fs::path path;
    bool keep = false;
    ~Draft() {
        if (!keep) ::unlink(path.c_str());
    }
};

} // namespace

BlobStore::BlobStore(fs::path folder, std::function<void(const std::string&)> onSyncFailure)
    : folder_(fs::absolute(std::move(folder))), onSyncFailure_(std::move(onSyncFailure)) {
    if (!onSyncFailure_)
        onSyncFailure_ = [](const std::string& what) {
            log::error("fsync_failed", {{"what", what}});
            std::abort();
        };
    std::error_code trouble;
    fs::create_directories(folder_.parent_path(), trouble);
    makeFolder(folder_);
}

void BlobStore::sync(int file, const fs::path& what, bool dataOnly) {
    if ((dataOnly ? ::fdatasync(file) : ::fsync(file)) == 0) return;
    const std::string sentence = "fsync of " + what.string() + ": " + std::strerror(errno);
    onSyncFailure_(sentence);
    throw BlobFailed(sentence);
}

void BlobStore::syncFolder(const fs::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened) fail("opening", folder);
    sync(opened.get(), folder, false);
}

void BlobStore::makeFolder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0) syncFolder(folder.parent_path());
    else if (errno != EEXIST) fail("making", folder);
}

fs::path BlobStore::pathOf(std::string_view sha256) const {
    if (!isSha256(sha256)) throw std::invalid_argument("not a SHA-256");
    return folder_ / sha256.substr(0, 2) / sha256;
}

BlobId BlobStore::adopt(const fs::path& file) {
    const Descriptor opened = openToRead(file);
    struct stat facts {};
    if (!opened || ::fstat(opened.get(), &facts) != 0) fail("opening", file);
    if (!S_ISREG(facts.st_mode)) throw BlobFailed(file.string() + " is no plain file");
    const BlobId id = identify(opened.get(), file);
    const fs::path place = pathOf(id.sha256), folder = place.parent_path();
    makeFolder(folder);
    {
        // Over one that is there, too: that one may be damaged, and this one has just been read and hashed. Who reads
        // the old one reads on, its bytes are there until it is closed.
        std::lock_guard lock(placing_);
        if (::fchmod(opened.get(), 0440) != 0) fail("protecting", file);
        sync(opened.get(), file, true);
        if (::utimensat(AT_FDCWD, file.c_str(), nullptr, 0) != 0) fail("touching", file);
        if (::rename(file.c_str(), place.c_str()) != 0) fail("moving into place", place);
    }
    syncFolder(folder);
    return id;
}

BlobId BlobStore::put(std::string_view bytes) {
    std::string name = (folder_ / (std::string(unfinished) + "XXXXXX")).string();
    const Descriptor opened(::mkostemp(name.data(), O_CLOEXEC));
    if (!opened) fail("making a file in", folder_);
    Draft draft{name};
    while (!bytes.empty()) {
        const auto n = ::write(opened.get(), bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail("writing", draft.path);
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    const BlobId id = adopt(draft.path);
    draft.keep = true; // moved
    return id;
}

bool BlobStore::has(std::string_view sha256) const {
    std::error_code trouble;
    return fs::is_regular_file(pathOf(sha256), trouble);
}

std::string BlobStore::read(std::string_view sha256, std::uint64_t most) const {
    const fs::path path = pathOf(sha256);
    const Descriptor opened = openToRead(path);
    struct stat facts {};
    if (!opened || ::fstat(opened.get(), &facts) != 0) fail("opening", path);
    if (static_cast<std::uint64_t>(facts.st_size) > most)
        throw BlobFailed(path.string() + " is too large to be read at once");
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(facts.st_size));
    eachPiece(opened.get(), path, [&](std::string_view piece) { bytes += piece; });
    return bytes;
}

BlobState BlobStore::verify(std::string_view sha256) const {
    const fs::path path = pathOf(sha256);
    const Descriptor opened = openToRead(path);
    if (!opened && errno == ENOENT) return BlobState::missing;
    if (!opened) return BlobState::damaged;
    try {
        return identify(opened.get(), path).sha256 == sha256 ? BlobState::whole : BlobState::damaged;
    } catch (const BlobFailed&) {
        return BlobState::damaged; // a disk that cannot read it back
    }
}

BlobStore::Swept BlobStore::sweep(const std::set<std::string>& keep, Instant olderThan) {
    Swept swept;
    const auto consider = [&](const fs::path& file, bool named) {
        const std::string name = file.filename().string();
        if (named ? !isSha256(name) || keep.contains(name) : !name.starts_with(unfinished)) return;
        std::lock_guard lock(placing_);
        struct stat facts {};
        if (::lstat(file.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return;
        const Instant brought = fromMillis(facts.st_mtim.tv_sec * 1000LL + facts.st_mtim.tv_nsec / 1'000'000);
        if (brought >= olderThan || ::unlink(file.c_str()) != 0) return;
        ++swept.files;
        swept.bytes += static_cast<std::uint64_t>(facts.st_size);
    };
    std::error_code trouble;
    for (const auto& entry : fs::directory_iterator(folder_, trouble)) {
        if (!entry.is_directory(trouble)) {
            consider(entry.path(), false);
            continue;
        }
        for (const auto& file : fs::directory_iterator(entry.path(), trouble)) consider(file.path(), true);
    }
    return swept;
}

} // namespace hoering::blobs
