#include "http/message_parser.h"

#include <boost/beast/http/basic_parser.hpp>

namespace hoering::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using View = beast::string_view;

// The edge measures heads itself; Beast only must not be the stricter one.
constexpr std::uint32_t noHeaderLimit = 1 << 20;
/// A line that goes on in the next one (obs-fold, RFC 9112 section 5.2). Beast joins them without a word.
bool isFolded(std::string_view head) {
    for (std::size_t at = head.find("\r\n"); at + 2 < head.size(); at = head.find("\r\n", at + 2))
        if (head[at + 2] == ' ' || head[at + 2] == '\t') return true;
    return false;
}

class Parser : public beast::http::basic_parser<true> {
  public:
    explicit Parser(RawHead& head) : head_(head) {
        header_limit(noHeaderLimit);
        body_limit(boost::none); // the edge counts
    }
    std::string* out = nullptr; // where the body goes

  private:
    static std::string_view std_(View v) { return {v.data(), v.size()}; }

    void on_request_impl(beast::http::verb, View method, View target, int version, error_code& ec) override {
        head_.version = version;
        head_.method = std_(method);
        head_.target = std_(target);
        ec = {};
    }
    void on_response_impl(int, View, int, error_code& ec) override { ec = {}; }
    void on_field_impl(beast::http::field, View name, View value, error_code& ec) override {
        ec = {};
        if (headDone_) return; // a trailer
        head_.fields.emplace_back(std_(name), std_(value));
    }
    void on_header_impl(error_code& ec) override {
        headDone_ = true;
        ec = {};
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& ec) override { ec = {}; }
    std::size_t on_body_impl(View body, error_code& ec) override {
        out->append(body.data(), body.size());
        ec = {};
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, View, error_code& ec) override { ec = {}; }
    std::size_t on_chunk_body_impl(std::uint64_t, View body, error_code& ec) override {
        out->append(body.data(), body.size());
        ec = {};
        return body.size();
    }
    void on_finish_impl(error_code& ec) override { ec = {}; }

    RawHead& head_;
    bool headDone_ = false;
};

} // namespace

struct MessageParser::Impl {
    RawHead head;
    std::optional<Parser> parser;
};

MessageParser::MessageParser() : impl_(std::make_unique<Impl>()) {}
MessageParser::~MessageParser() = default;

const RawHead& MessageParser::head() const { return impl_->head; }

int MessageParser::parseHead(std::string_view bytes) {
    RawHead& head = impl_->head;
    head.method = head.target = {};
    head.fields.clear();
    if (isFolded(bytes)) return 400;
    Parser& parser = impl_->parser.emplace(head);
    error_code error;
    const std::size_t used = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    if (error == beast::http::error::bad_version) return 505;
    if (error || !parser.is_header_done() || used != bytes.size()) return 400;
    return 0;
}

bool MessageParser::hasBody() const { return !impl_->parser->is_done(); }

std::optional<std::uint64_t> MessageParser::contentLength() const {
    const auto length = impl_->parser->content_length();
    if (!length) return std::nullopt;
    return *length;
}

MessageParser::Progress MessageParser::parseBody(std::string_view bytes, std::string& out, std::size_t& used) {
    Parser& parser = *impl_->parser;
    parser.out = &out;
    used = 0;
    while (!parser.is_done()) {
        const std::string_view rest = bytes.substr(used);
        if (rest.empty()) return Progress::more;
        error_code error;
        used += parser.put(boost::asio::buffer(rest.data(), rest.size()), error);
        if (error == beast::http::error::need_more) return Progress::more;
        if (error) return Progress::malformed;
    }
    return Progress::done;
}

} // namespace hoering::http
