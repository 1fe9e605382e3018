#include "blobs/blob_store.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "common/crypto.h"
#include "support.h"

namespace hoering::blobs {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

struct ABlobStore : testing::Test {
    TempFolder folder;
    BlobStore store{folder.path / "data" / "files"};
    ~ABlobStore() override { failSync(false); }
    std::size_t countFiles() const {
        std::size_t n = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder.path)) n += entry.is_regular_file();
        return n;
    }
};

TEST_F(ABlobStore, KeepsAFileUnderItsHash) {
    const auto temp = folder.write("temp", "hello");
    const BlobId id = store.adopt(temp);
    EXPECT_EQ(id, (BlobId{sha256Hex("hello"), 5}));
    EXPECT_FALSE(fs::exists(temp));
    EXPECT_EQ(store.pathOf(id.sha256), folder.path / "data" / "files" / "2c" / id.sha256);
    EXPECT_EQ(readAll(store.pathOf(id.sha256)), "hello");
    EXPECT_EQ(store.read(id.sha256), "hello");
    EXPECT_EQ(store.verify(id.sha256), BlobState::whole);
    struct stat facts {};
    ASSERT_EQ(::stat(store.pathOf(id.sha256).c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 07777, 0440U);
}

TEST_F(ABlobStore, KeepsTheSameContentOnce) {
    const auto first = store.put("hello");
    EXPECT_EQ(store.put("hello"), first);
    EXPECT_EQ(store.adopt(folder.write("temp", "hello")), first);
    EXPECT_EQ(countFiles(), 1U);
    EXPECT_EQ(store.put(""), (BlobId{sha256Hex(""), 0}));
}

TEST_F(ABlobStore, KnowsWhatIsMissingOrDamaged) {
    const auto id = store.put("hello");
    EXPECT_EQ(store.verify(sha256Hex("other")), BlobState::missing);
    EXPECT_FALSE(store.has(sha256Hex("other")));
    EXPECT_THROW(store.read(sha256Hex("other")), BlobFailed);
    EXPECT_THROW(store.read(id.sha256, 4), BlobFailed);
    fs::permissions(store.pathOf(id.sha256), fs::perms::owner_all);
    folder.write("data/files/2c/" + id.sha256, "hullo");
    EXPECT_EQ(store.verify(id.sha256), BlobState::damaged);
    folder.write("data/files/2c/" + id.sha256, "cut");
    EXPECT_EQ(store.put("hello"), id); // one of another length is put right
    EXPECT_EQ(store.verify(id.sha256), BlobState::whole);
}

TEST_F(ABlobStore, IsMendedByTheSameContentComingAgain) {
    const auto id = store.put("hello");
    const auto place = store.pathOf(id.sha256);
    const auto damage = [&] {
        fs::permissions(place, fs::perms::owner_all);
        std::ofstream(place) << "hullo"; // as long
        ASSERT_EQ(store.verify(id.sha256), BlobState::damaged);
    };
    damage();
    EXPECT_EQ(store.adopt(folder.write("temp", "hello")), id);
    EXPECT_EQ(store.read(id.sha256), "hello");
    struct stat facts {};
    ASSERT_EQ(::stat(place.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 07777, 0440U);
    damage();
    EXPECT_EQ(store.put("hello"), id);
    EXPECT_EQ(store.verify(id.sha256), BlobState::whole);
    EXPECT_EQ(countFiles(), 1U);
}

TEST_F(ABlobStore, TakesNoOtherNamesNorLinks) {
    for (const auto* name : {"", "../../etc/passwd", "abc"}) EXPECT_THROW(store.pathOf(name), std::invalid_argument);
    EXPECT_THROW(store.pathOf(std::string(64, 'A')), std::invalid_argument);
    fs::create_symlink(folder.write("target", "x"), folder.path / "link");
    EXPECT_THROW(store.adopt(folder.path / "link"), BlobFailed);
    EXPECT_THROW(store.adopt(folder.path), BlobFailed);
    EXPECT_THROW(store.adopt(folder.path / "nowhere"), BlobFailed);
    EXPECT_TRUE(fs::exists(folder.path / "target"));
}

TEST_F(ABlobStore, SweepsWhatNoRowKnows) {
    const auto kept = store.put("kept"), orphan = store.put("orphan");
    folder.write("data/files/.new-abc", "left by a crash");
    const auto stranger = store.pathOf(kept.sha256).replace_filename("stranger");
    std::ofstream(stranger) << "not ours";
    const Instant before = SystemClock().now() - 1h, after = SystemClock().now() + 1h;
    EXPECT_EQ(store.sweep({kept.sha256}, before).files, 0U); // too young
    const auto swept = store.sweep({kept.sha256}, after);
    EXPECT_EQ(swept.files, 2U);
    EXPECT_EQ(swept.bytes, 6U + 15U);
    EXPECT_TRUE(store.has(kept.sha256));
    EXPECT_FALSE(store.has(orphan.sha256));
    EXPECT_TRUE(fs::exists(stranger));
}

TEST_F(ABlobStore, MakesAFileYoungAgainThatComesTwice) {
    const auto id = store.put("hello");
    fs::last_write_time(store.pathOf(id.sha256), fs::file_time_type::clock::now() - 48h);
    store.put("hello");
    EXPECT_EQ(store.sweep({}, SystemClock().now() - 1h).files, 0U);
}

TEST_F(ABlobStore, StoresNothingWhenTheDiskIsFull) {
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit little{1000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &little);
    EXPECT_THROW(store.put(std::string(5000, 'x')), BlobFailed);
    ::setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(countFiles(), 0U);
    EXPECT_EQ(store.put(std::string(5000, 'x')).size, 5000U);
}

TEST_F(ABlobStore, EndsTheProcessWhenFsyncFails) {
    EXPECT_DEATH(
        {
            failSync(true);
            store.put("never");
        },
        "fsync_failed");
    int told = 0;
    BlobStore patient(folder.path / "others", [&](const std::string&) { ++told; });
    failSync(true);
    EXPECT_THROW(patient.put("never"), BlobFailed);
    EXPECT_EQ(told, 1);
}

TEST_F(ABlobStore, ServesManyThreads) {
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 30; ++i) {
                    const auto id = store.put("the same for all " + std::to_string(i));
                    EXPECT_EQ(store.verify(id.sha256), BlobState::whole);
                    store.sweep({}, SystemClock().now() - 1h);
                }
            });
    }
    EXPECT_EQ(countFiles(), 30U);
}

} // namespace
} // namespace hoering::blobs
