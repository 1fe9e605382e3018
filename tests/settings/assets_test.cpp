// What is embedded for pages: all that is needed, small, nothing from elsewhere, compressed copies beside.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <map>
#include <regex>
#include <span>

#include "common/crypto.h"
#include "common/embedded.h"
#include "common/strings.h"

namespace hoering {

std::span<const EmbeddedFile> assetFiles();

namespace {

std::map<std::string, std::string_view> assets() {
    std::map<std::string, std::string_view> files;
    for (const auto& file : assetFiles()) files.emplace(file.path, file.bytes);
    return files;
}

TEST(Assets, WhatPagesLoadIsThereWithCompressedCopies) {
    const auto files = assets();
    for (const char* path : {"css/dkfds.css", "css/hoering.css", "js/dkfds.js", "js/hoering.js", "icons.svg"}) {
        ASSERT_TRUE(files.count(path)) << path;
        ASSERT_TRUE(files.count(std::string(path) + ".br")) << path;
        ASSERT_TRUE(files.count(std::string(path) + ".gz")) << path;
        EXPECT_LT(files.at(std::string(path) + ".br").size(), files.at(path).size() / 2) << path;
    }
    EXPECT_TRUE(files.count("fonts/IBMPlexSans-Regular-Latin1.woff2"));
}

TEST(Assets, AreSmall) {
    std::size_t total = 0;
    for (const auto& [path, bytes] : assets()) total += bytes.size();
    EXPECT_LT(total, 700u * 1024);
}

TEST(Assets, ManifestHoldsTheHashOfEachFile) {
    const auto files = assets();
    const auto manifest = nlohmann::json::parse(files.at("manifest.json"));
    std::size_t plain = 0;
    for (const auto& [path, bytes] : files) {
        if (path == "manifest.json" || endsWith(path, ".br") || endsWith(path, ".gz")) continue;
        ++plain;
        EXPECT_EQ(manifest.value(path, ""), sha256Hex(bytes).substr(0, 12)) << path;
    }
    EXPECT_EQ(manifest.size(), plain);
}

TEST(Assets, EveryAddressInTheStyleIsEmbedded) {
    const auto files = assets();
    const auto manifest = nlohmann::json::parse(files.at("manifest.json"));
    const std::string style(files.at("css/dkfds.css"));
    const std::regex url(R"(url\(([^)?]*)(?:\?v=([0-9a-f]*))?\))");
    std::size_t seen = 0;
    for (std::sregex_iterator it(style.begin(), style.end(), url), end; it != end; ++it, ++seen) {
        const std::string address = (*it)[1];
        ASSERT_TRUE(startsWith(address, "/static/")) << address;
        EXPECT_EQ(manifest.value(address.substr(8), ""), (*it)[2]) << address;
    }
    EXPECT_GE(seen, 10u);
}

TEST(Assets, NothingIsLoadedFromElsewhere) {
    const std::regex elsewhere(R"(url\(["']?(https?:)?//|@import)");
    for (const auto& [path, bytes] : assets()) {
        if (endsWith(path, ".css")) {
            EXPECT_FALSE(std::regex_search(std::string(bytes), elsewhere)) << path;
        }
    }
}

} // namespace
} // namespace hoering
