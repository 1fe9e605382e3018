// A strict reader of iCalendar files, written from RFC 5545 and not from our writer: what it does not understand to the
// letter, it refuses. Not here: what an entry should say (calendar_entry_test.cpp).
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/strings.h"

namespace hoering::testing {

struct IcsProperty {
    std::string name, value; // value as written
    std::map<std::string, std::string> parameters;
};

struct IcsComponent {
    std::string name;
    std::vector<IcsProperty> properties;
    std::vector<IcsComponent> parts;

    /// The only property of that name; throws when there is none or more than one.
    const IcsProperty& one(const std::string& wanted) const {
        const IcsProperty* found = nullptr;
        for (const auto& each : properties)
            if (each.name == wanted) {
                if (found) throw std::runtime_error(wanted + " stands twice in " + name);
                found = &each;
            }
        if (!found) throw std::runtime_error(name + " has no " + wanted);
        return *found;
    }
    bool has(const std::string& wanted) const {
        for (const auto& each : properties)
            if (each.name == wanted) return true;
        return false;
    }
};

/// 3.3.11 TEXT: backslash, comma, semicolon and line break escaped, no control characters.
inline std::string icsText(const std::string& value) {
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (static_cast<unsigned char>(c) < 0x20 && c != '\t') throw std::runtime_error("a control character in TEXT");
        if (c == ',' || c == ';') throw std::runtime_error("an unescaped " + std::string(1, c) + " in TEXT");
        if (c != '\\') {
            out += c;
            continue;
        }
        const char next = i + 1 < value.size() ? value[++i] : '\0';
        if (next == 'n' || next == 'N') out += '\n';
        else if (next == '\\' || next == ',' || next == ';') out += next;
        else throw std::runtime_error("an unknown escape in TEXT");
    }
    return out;
}

/// 3.1: lines of at most 75 octets that end in CRLF; a line that begins with a blank goes on with the one before.
inline std::vector<std::string> icsLines(const std::string& bytes) {
    std::vector<std::string> lines;
    std::size_t from = 0;
    while (from < bytes.size()) {
        const auto end = bytes.find("\r\n", from);
        if (end == std::string::npos) throw std::runtime_error("the last line has no CRLF");
        const std::string line = bytes.substr(from, end - from);
        if (line.find_first_of("\r\n") != std::string::npos) throw std::runtime_error("a bare CR or LF");
        if (line.size() > 75) throw std::runtime_error("a line of " + std::to_string(line.size()) + " octets");
        if (line.empty()) throw std::runtime_error("an empty line");
        if (!isUtf8(line)) throw std::runtime_error("a character cut in two by folding");
        if (line[0] == ' ' || line[0] == '\t') {
            if (lines.empty()) throw std::runtime_error("the first line goes on with nothing");
            lines.back() += line.substr(1);
        } else {
            lines.push_back(line);
        }
        from = end + 2;
    }
    return lines;
}

/// 3.1 contentline = name *(";" param "=" value) ":" value
inline IcsProperty icsProperty(const std::string& line) {
    IcsProperty property;
    std::size_t at = 0;
    const auto name = [&] {
        const auto start = at;
        while (at < line.size() && (isalnum(static_cast<unsigned char>(line[at])) || line[at] == '-')) ++at;
        if (at == start) throw std::runtime_error("no name in: " + line);
        return line.substr(start, at - start);
    };
    property.name = name();
    while (at < line.size() && line[at] == ';') {
        ++at;
        const std::string parameter = name();
        if (at >= line.size() || line[at++] != '=') throw std::runtime_error("no = after " + parameter);
        std::string value;
        if (line[at] == '"') {
            const auto end = line.find('"', at + 1);
            if (end == std::string::npos) throw std::runtime_error("an open quotation mark");
            value = line.substr(at + 1, end - at - 1);
            at = end + 1;
        } else {
            const auto end = line.find_first_of(";:,\"", at);
            value = line.substr(at, end - at);
            at = end;
        }
        if (!property.parameters.emplace(parameter, value).second) throw std::runtime_error(parameter + " twice");
    }
    if (at >= line.size() || line[at] != ':') throw std::runtime_error("no : in: " + line);
    property.value = line.substr(at + 1);
    return property;
}

/// The whole file: one VCALENDAR and nothing else.
inline IcsComponent readIcs(const std::string& bytes) {
    std::vector<IcsComponent> open;
    IcsComponent done;
    bool ended = false;
    for (const auto& line : icsLines(bytes)) {
        if (ended) throw std::runtime_error("something after END:VCALENDAR");
        auto property = icsProperty(line);
        if (property.name == "BEGIN") {
            open.push_back({property.value, {}, {}});
        } else if (open.empty()) {
            throw std::runtime_error("something before BEGIN:VCALENDAR");
        } else if (property.name == "END") {
            if (open.back().name != property.value) throw std::runtime_error("END:" + property.value + " is crossed");
            IcsComponent closed = std::move(open.back());
            open.pop_back();
            if (open.empty()) {
                ended = true;
                done = std::move(closed);
            } else {
                open.back().parts.push_back(std::move(closed));
            }
        } else {
            open.back().properties.push_back(std::move(property));
        }
    }
    if (!ended || done.name != "VCALENDAR") throw std::runtime_error("no whole VCALENDAR");
    return done;
}

/// "20231030T225900Z" -> "2023-10-30 22:59:00"; throws for anything but a UTC date with time (3.3.5, form 2).
inline std::string icsUtc(const std::string& value) {
    std::string shape = value;
    for (char& c : shape)
        if (c >= '0' && c <= '9') c = 'd';
    if (shape != "ddddddddTddddddZ") throw std::runtime_error("not a UTC time: " + value);
    return value.substr(0, 4) + "-" + value.substr(4, 2) + "-" + value.substr(6, 2) + " " + value.substr(9, 2) + ":" +
           value.substr(11, 2) + ":" + value.substr(13, 2);
}

} // namespace hoering::testing
