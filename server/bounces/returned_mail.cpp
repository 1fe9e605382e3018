#include "bounces/returned_mail.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "bounces/report.h"
#include "common/crypto.h"
#include "common/strings.h"

namespace hoering::bounces {
namespace {

// A report is small. What goes beyond is not looked at, so that a hostile one costs no more than reading it.
constexpr int deepest = 12, mostParts = 60;
constexpr std::size_t mostText = 512 * 1024;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T> using Owned = std::unique_ptr<T, Unref>;

/// What was met in the message's parts.
struct Found {
    std::optional<ReturnedMail> status;
    std::vector<std::string> ids; // of the message that was sent back
    std::string words;            // all that people are meant to read
    int parts = 0;
};

std::string contentOf(GMimePart* part, std::size_t most) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (!content || most == 0) return "";
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    if (!bytes || !bytes->data) return "";
    return {reinterpret_cast<const char*>(bytes->data), std::min<std::size_t>(bytes->len, most)};
}

bool isType(GMimeObject* part, const char* type, const char* subtype) {
    GMimeContentType* found = g_mime_object_get_content_type(part);
    return found && g_mime_content_type_is_type(found, type, subtype);
}

std::string field(GMimeObject* object, const char* name) {
    const char* value = g_mime_object_get_header(object, name);
    return value ? std::string(value, std::min<std::size_t>(std::string_view(value).size(), 8'000)) : "";
}

void look(GMimeObject* part, int depth, Found& found) {
    if (!part || depth > deepest || ++found.parts > mostParts) return;
    if (GMIME_IS_MULTIPART(part)) {
        GMimeMultipart* many = GMIME_MULTIPART(part);
        const int count = std::min(g_mime_multipart_get_count(many), mostParts);
        for (int i = 0; i < count; ++i) look(g_mime_multipart_get_part(many, i), depth + 1, found);
    } else if (GMIME_IS_MESSAGE_PART(part)) {
        GMimeMessage* sent = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
        if (sent) addMessageIdsOfField(found.ids, field(GMIME_OBJECT(sent), "Message-ID"));
    } else if (GMIME_IS_PART(part)) {
        const std::string text = contentOf(GMIME_PART(part), mostText - std::min(mostText, found.words.size()));
        if (isType(part, "message", "delivery-status") || isType(part, "message", "global-delivery-status")) {
            if (!found.status) found.status = fromDeliveryStatus(text);
        } else if (isType(part, "text", "rfc822-headers") || isType(part, "message", "*")) {
            addMessageIds(found.ids, text);
        } else if (isType(part, "text", "*")) {
            found.words += text + "\n";
        }
    }
}

/// "mailer-daemon" of From, lower case.
std::string senderOf(GMimeMessage* message) {
    InternetAddressList* from = g_mime_message_get_from(message);
    if (!from || internet_address_list_length(from) < 1) return "";
    InternetAddress* first = internet_address_list_get_address(from, 0);
    if (!INTERNET_ADDRESS_IS_MAILBOX(first)) return "";
    const char* address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first));
    const std::string whole = lowerAscii(address ? address : "");
    return whole.substr(0, whole.find('@'));
}

bool isMailSystem(const std::string& sender) {
    return sender == "mailer-daemon" || sender == "postmaster" || sender == "mail-daemon" || sender == "maildaemon" ||
           startsWith(sender, "microsoftexchange");
}

/// RFC 3834, and what was in use before and beside it.
bool isAutomatic(GMimeObject* message) {
    const std::string submitted = lowerAscii(trim(field(message, "Auto-Submitted")));
    if (!submitted.empty() && !startsWith(submitted, "no")) return true;
    const std::string precedence = lowerAscii(trim(field(message, "Precedence")));
    if (precedence == "auto_reply" || precedence == "bulk" || precedence == "junk") return true;
    for (const char* name : {"X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "X-AutoReply-From"})
        if (!field(message, name).empty()) return true;
    const char* decoded = g_mime_message_get_subject(GMIME_MESSAGE(message));
    const std::string subject = lowerAscii(trim(decoded ? decoded : ""));
    for (std::string_view start : {"autosvar", "automatisk svar", "automatic reply", "auto:", "auto-reply", "autoreply",
                                   "out of office", "ikke til stede", "frav\xC3\xA6r", "ferie"})
        if (startsWith(subject, start)) return true;
    return false;
}

bool looksLikeMail(GMimeObject* message) {
    for (const char* name : {"From", "Subject", "Date", "Message-ID", "Received", "Return-Path", "Content-Type"})
        if (!field(message, name).empty()) return true;
    return false;
}

/// report-type of a multipart/report, lower case (RFC 6522); "" for anything else.
std::string reportType(GMimeObject* root) {
    if (!root || !isType(root, "multipart", "report")) return "";
    const char* type = g_mime_object_get_content_type_parameter(root, "report-type");
    return type ? lowerAscii(type) : "delivery-status";
}

Reading judge(GMimeMessage* message) {
    GMimeObject* head = GMIME_OBJECT(message);
    GMimeObject* root = g_mime_message_get_mime_part(message);
    if (!looksLikeMail(head)) return {};
    Found found;
    look(root, 0, found);
    const std::string failed = field(head, "X-Failed-Recipients");
    const std::string type = reportType(root);
    const bool otherReport = !type.empty() && type.find("delivery-status") == std::string::npos;
    const char* subject = g_mime_message_get_subject(message);
    const bool system = !failed.empty() || isMailSystem(senderOf(message)) || trim(field(head, "Return-Path")) == "<>";
    const bool speaks = speaksOfDelivery(found.words) || speaksOfDelivery(subject ? subject : "");
    // A read receipt or a complaint is a report too, but nothing came back.
    if (!found.status && (otherReport || !(system && (speaks || !failed.empty()))))
        return {otherReport || isAutomatic(head) ? Verdict::automaticReply : Verdict::otherMail, {}};

    Reading reading{Verdict::returned, found.status ? std::move(*found.status) : fromWords(found.words)};
    ReturnedMail& mail = reading.mail;
    if (found.status) { // what the fields leave out, the words often say
        const ReturnedMail words = fromWords(found.words);
        if (mail.diagnostic.empty()) mail.diagnostic = words.diagnostic;
        if (mail.status.empty()) mail.status = words.status;
    } else if (!failed.empty()) {
        if (auto named = fromWords(failed).recipient; !named.empty()) mail.recipient = std::move(named);
    }
    mail.messageIds = std::move(found.ids);
    for (const char* name : {"X-Original-Message-ID", "In-Reply-To", "References"})
        addMessageIdsOfField(mail.messageIds, field(head, name));
    addMessageIds(mail.messageIds, found.words);
    return reading;
}

} // namespace

Reading readReturnedMail(std::string_view bytes) {
    static const bool ready = [] {
        g_mime_init();
        return true;
    }();
    (void)ready;
    if (startsWith(bytes, "From "))
        bytes.remove_prefix(
            std::min(bytes.size(), bytes.find('\n') == bytes.npos ? bytes.size() : bytes.find('\n') + 1));
    if (trim(bytes).empty()) return {};
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!message) return {};
    Reading reading = judge(message.get());
    reading.mail.fingerprint = sha256Hex(bytes);
    return reading;
}

} // namespace hoering::bounces
