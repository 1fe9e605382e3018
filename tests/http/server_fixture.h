// A running server on a free port with a small program behind it, for tests over a real socket.
// Not here: the tests.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <thread>
#include <unistd.h>
#include <vector>

#include "common/crypto.h"
#include "common/log.h"
#include "http/server.h"
#include "support/raw_client.h"

namespace hoering::http {

using hoering::testing::RawAnswer;
using hoering::testing::RawClient;

/// A door handlers wait at until the test opens it.
class Door {
  public:
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
    }
    void open() {
        std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void awaitWaiting(int n) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= n; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

/// Where handlers leave what will take their reply later.
class Shelf {
  public:
    void put(Give give) {
        std::lock_guard lock(mutex_);
        left_.push_back(std::move(give));
        changed_.notify_all();
    }
    Give take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !left_.empty(); });
        Give give = std::move(left_.back());
        left_.pop_back();
        return give;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Give> left_;
};

class OverASocket : public ::testing::Test {
  protected:
    void SetUp() override {
        initCrypto();
        log::setLevel(log::Level::error);
        std::string pattern = (std::filesystem::temp_directory_path() / "hoering-http-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        settings.port = 0;
        settings.hosts = {"hoering.test"};
        settings.incoming = pattern;
        settings.workers = 4;
        page = prepare(std::string(3000, 'p'), "text/html; charset=utf-8", "public, max-age=0, must-revalidate", false);
        big = prepare(std::string(8 << 20, 'b'), "image/png", "no-cache", false);
        program.fromMemory = [this](const Request& request) -> std::shared_ptr<const Prepared> {
            if (request.path == "/page") return page;
            if (request.path == "/big") return big;
            if (request.path == "/broken-memory") throw std::runtime_error("memory");
            return nullptr;
        };
        program.plan = [](const Request& request) {
            BodyPlan plan{1000, false, 0, 0, 1 << 20};
            if (request.path == "/upload") plan = {40 << 20, true, 30 << 20, 3, 1 << 20};
            return plan;
        };
        program.handle = [this](Request&& request) { return handle(std::move(request)); };
        program.problem = [](int status, const Request& request) {
            std::string said = "problem " + std::to_string(status) + " " + request.path;
            for (const auto& [name, value] : request.form) said += " " + name + "=" + value;
            for (const auto& upload : request.uploads.list) said += " " + upload.name;
            return Reply::text(said);
        };
    }
    void TearDown() override {
        door.open();
        server.reset();
        log::setLevel(log::Level::info);
        std::filesystem::remove_all(settings.incoming);
    }
    Reply handle(Request&& request) {
        if (request.path == "/throw") throw std::runtime_error("handler");
        if (request.path == "/wait") door.pass();
        if (request.path == "/later") return Reply::givenLater([this](Give give) { shelf.put(std::move(give)); });
        if (request.path == "/file")
            return Reply::downloadFile(settings.incoming / "sent.bin", "application/pdf", "æ.pdf");
        if (request.path == "/nothing") return Reply::text("", 204);
        if (request.path == "/prepared") {
            Reply reply;
            reply.prepared = page;
            return std::move(reply).with("X-Own", "1");
        }
        std::string said = request.method == Method::post ? "POST " : "GET ";
        said += request.path + " body=" + request.body + " peer=" + request.peer + (request.secure ? " secure" : "");
        for (const auto& [name, value] : request.form) said += " " + name + "=" + value;
        for (const auto& upload : request.uploads.list)
            said +=
                " " + upload.name + ":" + std::to_string(upload.size) + ":" + (upload.lost ? "lost" : upload.sha256);
        return Reply::text(said);
    }
    void start() {
        server = std::make_unique<Server>(settings, program);
        server->start();
    }
    RawClient client() { return RawClient(server->port()); }
    static std::string get(std::string_view path, std::string_view more = "") {
        return "GET " + std::string(path) + " HTTP/1.1\r\nHost: hoering.test\r\n" + std::string(more) + "\r\n";
    }
    static std::string post(std::string_view path, std::string_view body, std::string_view more = "") {
        return "POST " + std::string(path) +
               " HTTP/1.1\r\nHost: hoering.test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
               std::string(more) + "\r\n" + std::string(body);
    }
    std::size_t filesLeft() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(settings.incoming), {}));
    }

    ServerSettings settings;
    Program program;
    Door door;
    Shelf shelf;
    std::shared_ptr<const Prepared> page, big;
    std::unique_ptr<Server> server;
};

} // namespace hoering::http
