#include "http/workers.h"

#include <gmock/gmock.h>

#include <atomic>
#include <latch>
#include <thread>

namespace hoering::http {
namespace {

constexpr std::size_t threads = 16, queue = 1000;

TEST(Workers, RunAsManyAtOnceAsThereAreThreads) {
    std::latch all(threads), done(threads);
    Workers workers("test", threads, queue);
    for (int n = 0; n < static_cast<int>(threads); ++n)
        ASSERT_TRUE(workers.submit([&] {
            all.arrive_and_wait(); // goes on when all of them run
            done.count_down();
        }));
    done.wait();
}

TEST(Workers, AJobThatComesWhileAllWaitIsTakenToo) {
    std::latch stuck(2), freed(1), done(2);
    Workers workers("test", threads, queue);
    for (int n = 0; n < 2; ++n)
        ASSERT_TRUE(workers.submit([&] {
            stuck.count_down();
            freed.wait();
            done.count_down();
        }));
    stuck.wait();
    ASSERT_TRUE(workers.submit([&] { freed.count_down(); }));
    done.wait();
}

TEST(Workers, RefuseWhatIsTooMuchAndDropWhatWaitsAtTheEnd) {
    std::latch begun(2), go(1);
    std::atomic<int> ran = 0;
    Workers workers("test", 2, 3);
    const auto job = [&] {
        begun.count_down();
        go.wait();
        ++ran;
    };
    ASSERT_TRUE(workers.submit(job));
    ASSERT_TRUE(workers.submit(job));
    begun.wait();
    for (int n = 0; n < 3; ++n) EXPECT_TRUE(workers.submit([&] { ++ran; }));
    EXPECT_FALSE(workers.submit([&] { ++ran; }));
    EXPECT_EQ(workers.waiting(), 3U);
    std::jthread stopper([&] { workers.stop(); });
    while (workers.waiting() > 0) std::this_thread::yield();
    go.count_down();
    stopper.join();
    EXPECT_EQ(ran, 2);
    EXPECT_FALSE(workers.submit([&] { ++ran; }));
}

/// Many submitters, jobs short and long: each job runs once, whatever meets whatever.
TEST(Workers, LoseNoJob) {
    constexpr int each = 3000, submitters = 4;
    std::atomic<int> ran = 0, taken = 0;
    Workers workers("test", threads, queue);
    {
        std::vector<std::jthread> all;
        for (int s = 0; s < submitters; ++s)
            all.emplace_back([&, s] {
                for (int n = 0; n < each; ++n) {
                    const bool slow = n % 100 == s;
                    while (!workers.submit([&ran, slow] {
                        for (int turn = 0; slow && turn < 200; ++turn) std::this_thread::yield();
                        ++ran;
                    }))
                        std::this_thread::yield();
                    ++taken;
                }
            });
    }
    while (ran < each * submitters) std::this_thread::yield();
    EXPECT_EQ(taken, ran);
}

} // namespace
} // namespace hoering::http
