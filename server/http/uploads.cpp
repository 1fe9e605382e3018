#include "http/uploads.h"

#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <string>
#include <system_error>
#include <unistd.h>

#include "common/crypto.h"
#include "common/id.h"
#include "common/log.h"
#include "common/strings.h"
#include "http/form.h"
#include "http/multipart.h"

namespace hoering::http {
namespace {

constexpr std::string_view prefix = "upload-", suffix = ".part";

/// An open file being written; closed with the object.
class OutFile {
  public:
    explicit OutFile(const std::filesystem::path& path)
        : fd_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
        if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "create upload file");
    }
    OutFile(const OutFile&) = delete;
    OutFile& operator=(const OutFile&) = delete;
    ~OutFile() { ::close(fd_); }
    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) throw std::system_error(errno, std::generic_category(), "write upload file");
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }

  private:
    int fd_;
};

} // namespace

struct FormReceiver::State {
    State(std::string_view boundary, FormLimits theLimits, std::filesystem::path folder)
        : limits(theLimits), incoming(std::move(folder)),
          reader(boundary, {[this](PartHead&& head) { begin(std::move(head)); },
                            [this](std::string_view bytes) { data(bytes); }, [this] { end(); }}) {}

    void begin(PartHead&& head) {
        part = std::move(head);
        text.clear();
        if (!part.isFile) {
            if (form.size() >= formFieldLimit) refused = 413;
            countText(part.name.size());
            return;
        }
        upload = Upload{};
        upload.field = part.name;
        upload.name = part.fileName;
        upload.declaredType = part.contentType;
    }
    void data(std::string_view bytes) {
        if (refused != 0) return;
        if (!part.isFile) {
            countText(bytes.size());
            if (refused == 0) text.append(bytes);
            return;
        }
        if (!hash) openFile();
        if (refused != 0 || upload.tooLarge) return;
        upload.size += bytes.size();
        if (upload.size > limits.fileBytes) {
            upload.tooLarge = true;
            throwAway();
            return;
        }
        if (upload.lost) return;
        onDisk([&] { out->write(bytes); });
        hash->update(bytes);
    }
    void end() {
        if (refused != 0) return;
        if (!part.isFile) {
            form.emplace_back(std::move(part.name), std::move(text));
            return;
        }
        // A file input left empty is sent as an empty part without a name.
        if (!hash && upload.name.empty()) return;
        if (!hash) openFile();
        if (refused != 0) return;
        if (!upload.tooLarge && !upload.lost) upload.sha256 = hash->hex();
        hash.reset();
        out.reset();
        uploads.list.push_back(std::move(upload));
        upload = Upload{};
    }
    void openFile() {
        if (uploads.list.size() >= limits.files) {
            refused = 413;
            return;
        }
        hash.emplace();
        upload.tooLarge = limits.fileBytes == 0;
        if (upload.tooLarge) return;
        const auto path = incoming / (std::string(prefix) + newKey() + std::string(suffix));
        onDisk([&] {
            out.emplace(path);
            upload.path = path;
        });
    }
    void throwAway() {
        out.reset();
        std::error_code ignored;
        if (!upload.path.empty()) std::filesystem::remove(upload.path, ignored);
        upload.path.clear();
    }
    /// A file the disk does not take must not cost the words that come with it.
    template <class F> void onDisk(F&& f) {
        try {
            f();
        } catch (const std::system_error& trouble) {
            log::error("upload_lost", {{"what", std::string(trouble.what())}});
            upload.lost = true;
            throwAway();
        }
    }
    void countText(std::size_t bytes) {
        textBytes += bytes;
        if (textBytes > limits.textBytes) refused = 413;
    }

    FormLimits limits;
    std::filesystem::path incoming;
    MultipartReader reader;
    PartHead part;
    std::string text;
    std::uint64_t textBytes = 0;
    Upload upload;
    std::optional<OutFile> out;
    std::optional<Sha256> hash;
    Pairs form;
    Uploads uploads;
    int refused = 0;
};

FormReceiver::FormReceiver(std::string_view boundary, FormLimits limits, std::filesystem::path incoming)
    : state_(std::make_unique<State>(boundary, limits, std::move(incoming))) {}

FormReceiver::~FormReceiver() {
    state_->out.reset();
    if (!state_->upload.path.empty()) {
        std::error_code ignored;
        std::filesystem::remove(state_->upload.path, ignored); // broken off in the middle of this file
    }
}

int FormReceiver::feed(std::string_view bytes) {
    const bool wellFormed = state_->reader.feed(bytes);
    if (state_->refused != 0) return state_->refused;
    return wellFormed ? 0 : 400;
}

int FormReceiver::finish() { return state_->reader.complete() ? 0 : 400; }

void FormReceiver::moveInto(Request& request) {
    request.form = std::move(state_->form);
    request.uploads = std::move(state_->uploads);
}

void sweepIncoming(const std::filesystem::path& incoming) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(incoming, error)) {
        const std::string name = entry.path().filename().string();
        std::error_code ignored;
        if (startsWith(name, prefix) && endsWith(name, suffix)) std::filesystem::remove(entry.path(), ignored);
    }
}

} // namespace hoering::http
