#include "web/desk.h"

#include <charconv>

#include "blobs/blob_store.h"
#include "blobs/file_text.h"
#include "blobs/inspect.h"
#include "common/log.h"
#include "web/document_permit.h"
#include "web/problem.h"

namespace hoering::web {
namespace {

std::optional<std::int64_t> numberFrom(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

} // namespace

Desk::Desk(http::Request&& req, Services& s, const Match& match, Visitor who, std::string token, text::Words w, Now at)
    : request(std::move(req)), services(s), route(*match.route), visitor(std::move(who)), csrf(std::move(token)),
      words(std::move(w)), now(at), holes_(match.holes.begin(), match.holes.end()) {}

std::optional<std::int64_t> Desk::id(std::size_t n) const { return numberFrom(holes_.at(n)); }

std::int64_t Desk::numberField(std::string_view name) const { return numberFrom(field(name)).value_or(0); }

/// Only what takes a moment, and nobody waits for another's: the rest is searched by the clock, soon.
FileSearch Desk::searchNow(const std::filesystem::path& file, std::string_view extension) {
    const DocumentPermit permit(*services.searchPermits, std::chrono::seconds{0});
    if (searchLater_ || !permit) {
        searchLater_ = true;
        return {};
    }
    auto outcome = blobs::searchFile(file, extension, std::chrono::seconds{5});
    searchLater_ = outcome.outOfTime;
    return outcome.outOfTime ? FileSearch{} : std::move(outcome.search);
}

Result<StoredFile> Desk::keepUpload(std::size_t n, std::string_view field) {
    const http::Upload& upload = request.uploads.list.at(n);
    const std::string name = blobs::displayName(upload.name);
    const auto refuse = [&](std::string key, Args args) -> Error {
        args.emplace_back("name", name);
        return {ErrorKind::invalid, "error.form", {}, {{std::string(field), std::move(key), std::move(args)}}};
    };
    if (upload.tooLarge)
        return refuse("error.file.too_large", {{"limit", std::to_string(settings().uploads.fileMegabytes)}});
    if (upload.lost) throw blobs::BlobFailed("an upload could not be written");
    const auto looked = blobs::inspect(upload.path, upload.name);
    if (!looked) return refuse(looked.error().key, looked.error().args);
    StoredFile file;
    file.search = searchNow(upload.path, looked->extension);
    const auto kept = services.blobs.adopt(upload.path);
    file.sha256 = kept.sha256;
    file.size = kept.size;
    file.name = name;
    file.contentType = looked->contentType;
    file.pages = looked->pages;
    return file;
}

http::Reply Desk::guarded(const std::function<http::Reply()>& f) {
    const auto failed = [this](const std::exception& trouble) {
        log::error("not_stored",
                   {{"request", static_cast<long long>(request.number)}, {"what", std::string(trouble.what())}});
        return notStoredPage("30");
    };
    try {
        return f();
    } catch (const sqlite::StorageBusy&) {
        return notStoredPage("2");
    } catch (const sqlite::StorageFailed& trouble) {
        return failed(trouble);
    } catch (const blobs::BlobFailed& trouble) {
        return failed(trouble);
    }
}

http::Reply Desk::notStoredPage(const char* retryAfter) {
    if (notStored) try {
            if (auto again = notStored(*this)) return std::move(*again).with("Retry-After", retryAfter);
        } catch (const std::exception& trouble) {
            // It may have to read, or to write, too. The page below needs nothing.
            log::warn("form_not_shown_again", {{"what", std::string(trouble.what())}});
        }
    return edgeProblem(services, 503, request).with("Retry-After", retryAfter);
}

http::Reply Desk::afterwards(std::exception_ptr trouble, Error error,
                             std::function<http::Reply(Desk&, const Error&)> refused) {
    return http::Reply::givenLater([self = shared_from_this(), trouble, error, refused](const http::Give& give) {
        give(self->guarded([&] {
            if (trouble) std::rethrow_exception(trouble);
            return refused(*self, error);
        }));
    });
}

http::Reply Desk::sendFile(const StoredFile& file) const {
    return http::Reply::downloadFile(services.blobs.pathOf(file.sha256), file.contentType, file.name);
}

} // namespace hoering::web
