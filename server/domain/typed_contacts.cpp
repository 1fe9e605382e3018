#include "domain/typed_contacts.h"

#include <algorithm>

#include "common/strings.h"
#include "domain/typed_mail.h"

namespace hoering {
namespace {

/// What stands between two separators, and the one after it ('\0' at the end of the line).
struct Piece {
    std::string_view text;
    char after = '\0';
};

/// Where the quoted text that begins at `open` ends; npos if it does not, and then the quote is a letter like others.
std::size_t closingQuote(std::string_view line, std::size_t open) {
    for (std::size_t at = open + 1; at < line.size(); ++at) {
        if (line[at] == '\\') ++at;
        else if (line[at] == '"') return at;
    }
    return std::string_view::npos;
}

std::vector<Piece> piecesOf(std::string_view line) {
    std::vector<Piece> pieces;
    std::size_t from = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '"') {
            if (const auto end = closingQuote(line, at); end != std::string_view::npos) at = end;
        } else if (line[at] == ';' || line[at] == ',') {
            pieces.push_back({line.substr(from, at - from), line[at]});
            from = at + 1;
        }
    }
    pieces.push_back({line.substr(from)});
    return pieces;
}

bool hasAt(std::string_view text) { return text.find('@') != std::string_view::npos; }

/// "\"Holm, Karen\"" and "'Holm, Karen'" -> "Holm, Karen"; other names as they are.
std::string unquoted(std::string_view name) {
    if (name.size() < 2) return std::string(name);
    if (name.front() == '\'' && name.back() == '\'') return std::string(trim(name.substr(1, name.size() - 2)));
    if (name.front() != '"' || closingQuote(name, 0) != name.size() - 1) return std::string(name);
    std::string inner;
    for (std::size_t at = 1; at + 1 < name.size(); ++at) {
        if (name[at] == '\\' && at + 2 < name.size()) ++at;
        inner += name[at];
    }
    return std::string(trim(inner));
}

class Reader {
  public:
    void line(std::string_view line) {
        std::string_view name; // pieces without an address: the beginning of the next one's name
        char after = '\0';
        for (const Piece& piece : piecesOf(line)) {
            if (trim(piece.text).empty()) continue;
            if (!hasAt(piece.text)) {
                // "Karen Holm; Per <per@o.dk>" are two people, and of one the address is missing.
                if (!name.empty() && after == ';') refuse(name);
                name = name.empty() || after == ';' ? piece.text : between(name, piece.text);
                after = piece.after;
                continue;
            }
            if (!name.empty() && after == ';' && !isAddressAlone(piece.text)) {
                refuse(name);
                name = {};
            }
            contact(name.empty() ? piece.text : between(name, piece.text));
            name = {};
        }
        if (!name.empty()) refuse(name);
    }
    TypedContacts made;

  private:
    static std::string_view between(std::string_view first, std::string_view last) {
        return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
    }
    static bool isAddressAlone(std::string_view piece) { return trim(piece).find(' ') == std::string_view::npos; }

    void refuse(std::string_view piece) {
        made.refused.push_back({ErrorKind::invalid,
                                "error.contacts.unclear",
                                {{"text", std::string(firstCodePoints(trim(piece), 200))}},
                                {}});
    }

    void contact(std::string_view piece) {
        const auto text = trim(piece);
        std::string_view name, mail = text;
        const auto open = text.rfind('<');
        if (text.back() == '>' && open != std::string_view::npos) {
            name = trim(text.substr(0, open));
            mail = trim(text.substr(open + 1, text.size() - open - 2));
            if (startsWith(mail, "mailto:")) mail.remove_prefix(7);
        } else if (const auto last = text.find_last_of(" ,;"); last != std::string_view::npos) {
            name = trim(text.substr(0, last));
            mail = text.substr(last + 1);
            while (!name.empty() && (name.back() == ',' || name.back() == ';'))
                name = trim(name.substr(0, name.size() - 1));
        }
        Contact found;
        found.name = unquoted(name);
        auto address = mailAddressFrom(mail);
        // Mail programs write the address as the name too where they know no other.
        if (lowerAscii(found.name) == lowerAscii(mail)) found.name.clear();
        const bool quoted = found.name.size() != name.size();
        if (hasAt(found.name) || !hasAt(mail) || (!quoted && found.name.find_first_of("<>") != std::string::npos))
            return refuse(text);
        if (!address && address.error().key != "error.mail.address") return made.refused.push_back(address.error());
        if (!address) return refuse(text); // which says where among many
        found.mail = std::move(*address);
        made.list.push_back(std::move(found));
    }
};

} // namespace

TypedContacts contactsFrom(std::string_view typed) {
    Reader reader;
    for (auto line : split(typed, '\n')) {
        const std::string cleaned = isUtf8(line) ? cleanLine(line) : std::string();
        if (!cleaned.empty()) reader.line(cleaned);
        else if (!isUtf8(line)) reader.made.refused.push_back({ErrorKind::invalid, "error.text.encoding", {}, {}});
    }
    return std::move(reader.made);
}

std::string typedContact(const Contact& contact) {
    if (contact.name.empty()) return contact.mail;
    const std::string plain = contact.name + " <" + contact.mail + ">";
    const auto read = contactsFrom(plain);
    if (read.refused.empty() && read.list.size() == 1 && read.list[0].name == contact.name) return plain;
    return "\"" + replaceAll(replaceAll(contact.name, "\\", "\\\\"), "\"", "\\\"") + "\" <" + contact.mail + ">";
}

} // namespace hoering
