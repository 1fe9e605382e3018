// prepare() and seal(): compression, entity tags and header blocks of what is sent many times.
#include <brotli/encode.h>
#include <stdexcept>
#include <zlib.h>

#include "common/crypto.h"
#include "common/strings.h"
#include "http/reply.h"
#include "http/reply_head.h"

namespace hoering::http {
namespace {

constexpr std::size_t worthCompressing = 512;

std::string gzipOf(const std::string& bytes, int level) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib cannot start");
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    out.shrink_to_fit(); // the bound was for what does not compress, and this is kept
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error("zlib failed");
    return out;
}

std::string brotliOf(const std::string& bytes, int quality) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    if (BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                              reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                              reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_FALSE)
        throw std::runtime_error("brotli failed");
    out.resize(size);
    out.shrink_to_fit();
    return out;
}

bool isText(std::string_view type) {
    return startsWith(type, "text/") || startsWith(type, "application/json") || startsWith(type, "application/xml") ||
           startsWith(type, "application/atom+xml") || startsWith(type, "image/svg");
}

Prepared::Form formOf(const Prepared& prepared, std::string etag, std::size_t size, std::string_view coding) {
    Prepared::Form form;
    form.fields = "Content-Type: " + prepared.contentType + "\r\nContent-Length: " + std::to_string(size) +
                  "\r\nETag: " + etag + "\r\nCache-Control: " + prepared.cacheControl + "\r\nVary: Accept-Encoding\r\n";
    if (!coding.empty()) form.fields += "Content-Encoding: " + std::string(coding) + "\r\n";
    form.etag = std::move(etag);
    return form;
}

} // namespace

std::shared_ptr<const Prepared> seal(Prepared prepared) {
    const std::string& tag = prepared.etag;
    const bool quoted = tag.size() >= 3 && tag.front() == '"' && tag.back() == '"';
    if (!quoted || !isFieldValue(tag) || !isFieldValue(prepared.contentType) || !isFieldValue(prepared.cacheControl) ||
        prepared.contentType.empty() || prepared.cacheControl.empty())
        throw std::invalid_argument("prepared bytes with a header that cannot be sent");
    auto variant = [&](std::string_view suffix) { return tag.substr(0, tag.size() - 1) + std::string(suffix) + "\""; };
    prepared.plainForm = formOf(prepared, tag, prepared.plain.size(), "");
    if (!prepared.gzip.empty()) prepared.gzipForm = formOf(prepared, variant("-g"), prepared.gzip.size(), "gzip");
    if (!prepared.brotli.empty()) prepared.brotliForm = formOf(prepared, variant("-b"), prepared.brotli.size(), "br");
    return std::make_shared<const Prepared>(std::move(prepared));
}

std::shared_ptr<const Prepared> prepare(std::string bytes, std::string contentType, std::string cacheControl,
                                        bool thorough) {
    struct Forms {
        std::string plain, gzip, brotli;
    };
    const auto forms = std::make_shared<Forms>();
    Prepared prepared;
    prepared.etag = "\"" + sha256Hex(bytes).substr(0, 32) + "\"";
    if (isText(contentType) && bytes.size() >= worthCompressing) {
        forms->gzip = gzipOf(bytes, thorough ? 9 : 5);
        forms->brotli = brotliOf(bytes, thorough ? 11 : 4);
        if (forms->gzip.size() < bytes.size()) prepared.gzip = forms->gzip;
        if (forms->brotli.size() < bytes.size()) prepared.brotli = forms->brotli;
    }
    forms->plain = std::move(bytes);
    prepared.plain = forms->plain;
    prepared.owner = forms;
    prepared.contentType = std::move(contentType);
    prepared.cacheControl = std::move(cacheControl);
    return seal(std::move(prepared));
}

} // namespace hoering::http
