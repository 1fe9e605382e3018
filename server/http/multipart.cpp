#include "http/multipart.h"

#include <cstring>
#include <utility>

#include "common/strings.h"
#include "http/form.h"

namespace hoering::http {
namespace {

constexpr std::size_t partHeadLimit = 8 * 1024;

std::size_t findBytes(std::string_view in, std::string_view what) {
    // memmem is linear; string_view::find is not on "\r\n\r\n\r\n..." made to hurt.
    const void* at = memmem(in.data(), in.size(), what.data(), what.size());
    return at ? static_cast<std::size_t>(static_cast<const char*>(at) - in.data()) : std::string_view::npos;
}

std::string lastComponent(std::string name) {
    const std::size_t slash = name.find_last_of("/\\");
    if (slash != std::string::npos) name.erase(0, slash + 1);
    return name;
}

} // namespace

std::string boundaryOf(std::string_view contentType) {
    bool found = false;
    std::string boundary = parameter(contentType, "boundary", found);
    if (boundary.empty() || boundary.size() > 70 || boundary.back() == ' ') return {};
    for (unsigned char c : boundary) {
        const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!word && std::string_view("'()+_,-./:=? ").find(static_cast<char>(c)) == std::string_view::npos) return {};
    }
    return boundary;
}

MultipartReader::MultipartReader(std::string_view boundary, Events events)
    : delimiter_("\r\n--" + std::string(boundary)), held_("\r\n"), events_(std::move(events)) {
    // The line break held at the start lets the first boundary look like all others.
}

bool MultipartReader::feed(std::string_view bytes) {
    if (state_ == State::bad) return false;
    if (state_ == State::epilogue) return true; // ignored, RFC 2046
    held_.append(bytes);
    bool moreNeeded = false;
    while (!moreNeeded && state_ != State::epilogue)
        if (!step(moreNeeded)) {
            state_ = State::bad;
            return false;
        }
    if (state_ == State::epilogue) held_.clear();
    return true;
}

bool MultipartReader::step(bool& moreNeeded) {
    const std::string_view held = held_;
    switch (state_) {
    case State::preamble:
    case State::body: {
        const std::size_t at = findBytes(held, delimiter_);
        const bool found = at != std::string_view::npos;
        // Without a delimiter, its beginning may still be the end of what is here.
        const std::size_t keep = delimiter_.size() - 1;
        const std::size_t ready = found ? at : (held.size() > keep ? held.size() - keep : 0);
        if (state_ == State::body && ready > 0) events_.data(held.substr(0, ready));
        held_.erase(0, found ? at + delimiter_.size() : ready);
        if (!found) {
            moreNeeded = true;
            return true;
        }
        if (state_ == State::body) events_.end();
        state_ = State::afterBoundary;
        return true;
    }
    case State::afterBoundary: {
        if (held.size() < 2) {
            moreNeeded = true;
            return true;
        }
        if (startsWith(held, "--")) {
            state_ = State::epilogue;
            return true;
        }
        const std::size_t text = held.find_first_not_of(" \t"); // transport padding
        if (text == std::string_view::npos || text + 2 > held.size()) {
            moreNeeded = true;
            return held.size() < partHeadLimit;
        }
        if (held.substr(text, 2) != "\r\n") return false;
        held_.erase(0, text); // the line break stays, so that a head without lines is also ended by an empty line
        state_ = State::head;
        return true;
    }
    case State::head: {
        const std::size_t at = findBytes(held, "\r\n\r\n");
        if (at == std::string_view::npos || at > partHeadLimit) {
            moreNeeded = true;
            return held.size() <= partHeadLimit;
        }
        if (!readHead(held.substr(0, at))) return false;
        held_.erase(0, at + 4);
        state_ = State::body;
        return true;
    }
    case State::epilogue: return true;
    case State::bad: return false;
    }
    return false;
}

bool MultipartReader::readHead(std::string_view block) {
    PartHead head;
    bool hasName = false;
    std::size_t begin = 0;
    while (begin < block.size()) {
        std::size_t end = block.find("\r\n", begin);
        if (end == std::string_view::npos) end = block.size();
        const std::string_view line = block.substr(begin, end - begin);
        begin = end + 2;
        if (line.empty()) continue;
        for (unsigned char c : line)
            if ((c < 0x20 && c != '\t') || c == 0x7f) return false;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || line.front() == ' ' || line.front() == '\t') return false;
        const std::string name = lowerAscii(trim(line.substr(0, colon)));
        const std::string_view value = trim(line.substr(colon + 1));
        if (name == "content-disposition") {
            if (mediaType(value) != "form-data") return false;
            head.name = parameter(value, "name", hasName);
            head.fileName = lastComponent(parameter(value, "filename", head.isFile));
        } else if (name == "content-type") {
            head.contentType = std::string(value);
        }
    }
    if (!hasName) return false;
    events_.begin(std::move(head));
    return true;
}

} // namespace hoering::http
