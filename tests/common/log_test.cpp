#include "common/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <thread>

using namespace hoering;

namespace {

/// What `act` writes to stderr, line by line.
std::vector<std::string> linesOf(const std::function<void()>& act) {
    char path[] = "/tmp/hoering-log-XXXXXX";
    const int file = ::mkstemp(path), kept = ::dup(STDERR_FILENO);
    ::fcntl(file, F_SETFL, O_APPEND);
    ::dup2(file, STDERR_FILENO);
    act();
    ::dup2(kept, STDERR_FILENO);
    ::close(kept);
    ::close(file);
    std::ifstream in(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    std::filesystem::remove(path);
    return lines;
}

TEST(Log, WritesOneObjectALine) {
    const auto lines = linesOf([] {
        log::info("request", {{"ms", 12LL}, {"share", 0.5}, {"ok", true}, {"path", std::string("/høring\n\"x\"")}});
        log::warn("slow");
    });
    ASSERT_EQ(lines.size(), 2U);
    const auto first = nlohmann::json::parse(lines[0]), second = nlohmann::json::parse(lines[1]);
    EXPECT_EQ(first["event"], "request");
    EXPECT_EQ(first["level"], "info");
    EXPECT_EQ(first["ms"], 12);
    EXPECT_EQ(first["share"], 0.5);
    EXPECT_EQ(first["ok"], true);
    EXPECT_EQ(first["path"], "/høring\n\"x\"");
    EXPECT_FALSE(first.contains("file"));
    EXPECT_THAT(second["file"].get<std::string>(), testing::StartsWith("log_test.cpp:"));
    EXPECT_THAT(first["at"].get<std::string>(), testing::EndsWith("Z"));
}

TEST(Log, SurvivesBytesThatAreNoText) {
    const auto lines = linesOf([] {
        log::error("bad", {{"text", std::string("a\xFF\xC0\0z", 5)}, {"n", std::numeric_limits<double>::quiet_NaN()}});
    });
    ASSERT_EQ(lines.size(), 1U);
    const auto line = nlohmann::json::parse(lines[0]);
    EXPECT_THAT(line["text"].get<std::string>(), testing::StartsWith("a"));
    EXPECT_TRUE(line["n"].is_null());
}

TEST(Log, LeavesOutWhatIsBelowTheLevel) {
    const auto lines = linesOf([] {
        log::write(log::Level::debug, "hidden");
        log::setLevel(log::Level::error);
        log::warn("hidden too");
        log::setLevel(log::Level::info);
    });
    EXPECT_TRUE(lines.empty());
}

TEST(Log, KeepsLinesWholeFromManyThreads) {
    const auto lines = linesOf([] {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([] {
                for (int i = 0; i < 250; ++i) log::info("tick", {{"text", std::string(300, 'x')}});
            });
    });
    EXPECT_EQ(lines.size(), 1000U);
    for (const auto& line : lines) EXPECT_TRUE(nlohmann::json::accept(line));
}

} // namespace
