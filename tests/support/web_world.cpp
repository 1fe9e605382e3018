#include "support/web_world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <regex>
#include <set>
#include <utility>

#include "common/strings.h"
#include "sqlite/sessions.h"
#include "sqlite/users.h"
#include "web/visitor.h"

namespace hoering::testing {
namespace {

std::vector<std::string> all(const std::string& html, const char* pattern) {
    const std::regex expression(pattern);
    std::vector<std::string> found;
    for (std::sregex_iterator it(html.begin(), html.end(), expression), end; it != end; ++it)
        found.push_back((*it)[1].str());
    return found;
}

std::vector<std::string> tagsOf(const std::string& html, const std::string& name) {
    std::vector<std::string> tags;
    for (std::size_t at = 0; (at = html.find("<" + name + " ", at)) != std::string::npos;) {
        const auto end = html.find('>', at);
        tags.push_back(html.substr(at, end - at + 1));
        at = end;
    }
    return tags;
}

std::string attribute(const std::string& tag, const std::string& name) {
    const auto at = tag.find(" " + name + "=\"");
    if (at == std::string::npos) return "";
    const auto from = at + name.size() + 3;
    return tag.substr(from, tag.find('"', from) - from);
}

} // namespace

std::vector<std::string> flawsOf(const std::string& html) {
    std::vector<std::string> flaws;
    const auto count = [&](const std::string& what) {
        std::size_t n = 0;
        for (std::size_t at = 0; (at = html.find(what, at)) != std::string::npos; at += what.size()) ++n;
        return n;
    };
    if (count("<h1") != 1) flaws.push_back("has " + std::to_string(count("<h1")) + " h1");
    if (count("<title>") < 1) flaws.push_back("has no title");
    if (html.find("<html lang=\"") == std::string::npos) flaws.push_back("has no lang");
    std::set<std::string> ids;
    for (const auto& id : all(html, " id=\"([^\"]*)\""))
        if (!ids.insert(id).second) flaws.push_back("has the id " + id + " twice");
    std::set<std::string> labelled;
    for (const auto& tag : tagsOf(html, "label")) labelled.insert(attribute(tag, "for"));
    for (const auto* name : {"input", "textarea", "select"})
        for (const auto& tag : tagsOf(html, name)) {
            const auto type = attribute(tag, "type");
            if (type == "hidden" || type == "submit" || tag.find(" hidden") != std::string::npos) continue;
            if (!labelled.contains(attribute(tag, "id")) && attribute(tag, "aria-label").empty())
                flaws.push_back("has a field without a label: " + tag);
        }
    for (std::size_t at = 0; (at = html.find("<form ", at)) != std::string::npos;) {
        const auto end = html.find("</form>", at);
        const std::string form = html.substr(at, end - at);
        at = end;
        if (form.find("action=\"") == std::string::npos) flaws.push_back("has a form without an action");
        if (form.find("method=\"post\"") != std::string::npos && form.find("name=\"csrf\"") == std::string::npos)
            flaws.push_back("has a POST form without a token: " + form.substr(0, 80));
    }
    return flaws;
}

std::string Visitor::Got::valueOf(const std::string& name) const {
    const std::string start = "name=\"" + name + "\" value=\"";
    const auto at = body.find(start);
    if (at == std::string::npos) return "";
    return body.substr(at + start.size(), body.find('"', at + start.size()) - at - start.size());
}

Visitor::Got Visitor::send(http::Request&& request) {
    request.number = world_->nextRequest++;
    request.received = world_->clock.now();
    request.peer = "127.0.0.1";
    request.headers.emplace_back("host", "hoering.example");
    for (const auto& [name, value] : cookies) request.cookies.emplace_back(name, value);
    const auto question = request.target.find('?');
    request.path = percentDecode(std::string_view(request.target).substr(0, question), false);
    if (question != std::string::npos)
        for (const auto pair : split(std::string_view(request.target).substr(question + 1), '&')) {
            const auto equals = pair.find('=');
            request.query.emplace_back(percentDecode(pair.substr(0, equals), true),
                                       equals == std::string_view::npos ? ""
                                                                        : percentDecode(pair.substr(equals + 1), true));
        }
    const std::string target = request.target;
    http::Reply reply = web::answer(std::move(request), world_->services);
    while (const auto later = std::exchange(reply.later, nullptr)) { // as the server waits for it
        std::promise<http::Reply> given;
        later([&given](http::Reply&& made) { given.set_value(std::move(made)); });
        reply = given.get_future().get();
    }
    Got got;
    got.status = reply.status;
    got.body = reply.prepared ? reply.prepared->plain : reply.body;
    got.file = reply.file;
    got.headers = reply.headers;
    for (const auto& [name, value] : reply.headers) {
        if (name == "Location") got.location = value;
        if (name != "Set-Cookie") continue;
        const auto equals = value.find('=');
        const std::string cookie = value.substr(0, equals);
        const std::string content = value.substr(equals + 1, value.find(';') - equals - 1);
        if (content.empty() || value.find("Max-Age=0") != std::string::npos) cookies.erase(cookie);
        else cookies[cookie] = content;
    }
    if (reply.contentType.starts_with("text/html") && got.location.empty() && got.file.empty() &&
        got.body.find("<header") != std::string::npos) {
        for (const auto& flaw : flawsOf(got.body)) ADD_FAILURE() << target << " " << flaw;
        const auto at = got.body.find("name=\"csrf\" value=\"");
        if (at != std::string::npos) csrf = got.body.substr(at + 19, got.body.find('"', at + 19) - at - 19);
    }
    return got;
}

Visitor::Got Visitor::get(const std::string& target) {
    http::Request request;
    request.method = http::Method::get;
    request.target = target;
    return send(std::move(request));
}

Visitor::Got Visitor::post(const std::string& target, Fields fields, Fields headers) {
    http::Request request;
    request.method = http::Method::post;
    request.target = target;
    request.form.assign(fields.begin(), fields.end());
    if (!request.has("csrf")) request.form.emplace_back("csrf", csrf);
    request.headers.assign(headers.begin(), headers.end());
    return send(std::move(request));
}

Visitor::Got Visitor::upload(const std::string& target, Fields fields, const std::string& field,
                             const std::string& name, const std::string& bytes) {
    http::Request request;
    request.method = http::Method::post;
    request.target = target;
    request.form.assign(fields.begin(), fields.end());
    request.form.emplace_back("csrf", csrf);
    http::Upload upload;
    upload.field = field;
    upload.name = name;
    upload.path = world_->folder.path() / ("upload-" + std::to_string(world_->nextRequest));
    upload.size = bytes.size();
    upload.sha256 = sha256Hex(bytes);
    std::ofstream(upload.path, std::ios::binary) << bytes;
    request.uploads.list.push_back(std::move(upload));
    return send(std::move(request));
}

Visitor::Got Visitor::follow(Got reply) {
    while (!reply.location.empty()) reply = get(reply.location);
    return reply;
}

WebWorld::WebWorld()
    : blobs(folder.path() / "files"), services{database, blobs, office, settings, clock, pages, visits} {
    services.asset = [](std::string_view name) { return "/static/" + std::string(name); };
    services.healthJson = [] { return std::string("{\"ready\":true}\n"); };
    services.ready = [] { return true; };
    services.metricsText = [] { return std::string("up 1\n"); };
    database.onCommit([this](const sqlite::CommitNews& news) {
        if (news.visits) visits.invalidate();
        if (news.publicPages) pages.invalidate();
    });
}

Visitor WebWorld::staff(Role role) {
    const std::string token = randomToken();
    database.write([&](sqlite::Tx& tx) {
        const std::string email = std::string(roleName(role)) + "@hoering.example";
        auto user = sqlite::findUserByEmail(tx, email);
        const auto id =
            user ? user->id
                 : sqlite::insertUser(tx, {0, email, "En " + std::string(roleName(role)), role, "da", false});
        sqlite::insertSession(tx, {sha256Hex(token), id, {}, "csrf-" + token, tx.now().instant, tx.now().instant});
        tx.housekeeping("test");
    });
    Visitor visitor(*this);
    visitor.cookies["kontor"] = token;
    visitor.csrf = "csrf-" + token;
    return visitor;
}

Visitor WebWorld::partyVisitor(std::int64_t consultation, std::size_t party) {
    Visitor visitor(*this);
    const std::string path = "/svar/" + tokenOf(visit(consultation, party));
    visitor.get(path);
    const auto opened = visitor.post(path);
    EXPECT_EQ(opened.location, "/mit-svar");
    visitor.get("/mit-svar");
    return visitor;
}

} // namespace hoering::testing
