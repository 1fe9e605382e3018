// Mail as files.
#include <fstream>
#include <iterator>

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include <gtest/gtest.h>

#include "smtp/child_process.h"
#include "smtp/postman.h"

namespace hoering::smtp {
namespace {

namespace fs = std::filesystem;

std::string contentOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t filesIn(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::recursive_directory_iterator(folder), {}));
}

Envelope mail(std::string fileName, std::string bytes = "Subject: x\r\n\r\nText\r\n") {
    return {"from@example.dk", "to@example.dk", std::move(bytes), std::move(fileName)};
}

TEST(FolderPostman, StoresTheVeryBytesForItsOwnerOnly) {
    TempFolder temp;
    const auto folder = temp.path() / "new" / "outbox";
    const auto delivery = makeFolderPostman(folder)->deliver(mail("letter-17"));
    EXPECT_EQ(delivery.outcome, Outcome::sent);
    EXPECT_EQ(delivery.server, ""); // nothing that a ledger could name as one
    EXPECT_EQ(contentOf(folder / "letter-17.eml"), "Subject: x\r\n\r\nText\r\n");
    EXPECT_EQ(filesIn(folder), 1u);
    EXPECT_EQ(fs::status(folder / "letter-17.eml").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(FolderPostman, TheSameLetterAgainIsTheSameFile) {
    TempFolder temp;
    auto postman = makeFolderPostman(temp.path());
    postman->deliver(mail("a", "first"));
    EXPECT_EQ(postman->deliver(mail("a", "second")).outcome, Outcome::sent);
    EXPECT_EQ(filesIn(temp.path()), 1u);
    EXPECT_EQ(contentOf(temp.path() / "a.eml"), "second");
}

TEST(FolderPostman, WritesNothingBeforeItMay) {
    TempFolder temp;
    auto envelope = mail("a");
    envelope.beforeHandingOver = [] { throw std::runtime_error("not now"); };
    EXPECT_EQ(makeFolderPostman(temp.path())->deliver(envelope).outcome, Outcome::tryLater);
    EXPECT_EQ(filesIn(temp.path()), 0u);
}

TEST(FolderPostman, NoNameLeavesTheFolder) {
    TempFolder temp;
    const auto folder = temp.path() / "in";
    auto postman = makeFolderPostman(folder);
    const std::vector<std::string> names = {"../evil",
                                            (temp.path() / "evil").string(),
                                            "..",
                                            "",
                                            ".hidden",
                                            "a\nb",
                                            "ø",
                                            std::string("a\0b", 3),
                                            std::string(5000, 'x')};
    for (const auto& name : names) EXPECT_EQ(postman->deliver(mail(name)).outcome, Outcome::sent) << name;
    for (const auto& entry : fs::recursive_directory_iterator(temp.path())) {
        if (entry.is_directory()) continue;
        EXPECT_EQ(entry.path().parent_path(), folder);
        EXPECT_NE(entry.path().filename().string()[0], '.');
    }
}

TEST(FolderPostman, ARecipientThatIsNoneIsRefused) {
    TempFolder temp;
    auto envelope = mail("a");
    envelope.recipient = "to@example.dk\r\nBcc: x@y.dk";
    EXPECT_EQ(makeFolderPostman(temp.path())->deliver(envelope).outcome, Outcome::refused);
    EXPECT_EQ(filesIn(temp.path()), 0u);
}

TEST(FolderPostman, AFolderThatCannotBeIsTriedLater) {
    TempFolder temp;
    std::ofstream(temp.path() / "file") << "x";
    const auto delivery = makeFolderPostman(temp.path() / "file")->deliver(mail("a"));
    EXPECT_EQ(delivery.outcome, Outcome::tryLater);
    EXPECT_FALSE(delivery.reply.empty());
}

/// Runs `check` in a child process, whose exit status it is.
template <class F> int inChild(F check) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(check());
    int status = -1;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(FolderPostman, AWriteThatStopsHalfwayIsTriedLaterAndLeavesNothing) {
    TempFolder temp;
    // EFBIG in the middle of the file, by the same path as ENOSPC, and possible for everybody.
    EXPECT_EQ(inChild([&] {
                  ::signal(SIGXFSZ, SIG_IGN);
                  const rlimit limit{4096, 4096};
                  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 9;
                  const auto delivery = makeFolderPostman(temp.path())->deliver(mail("a", std::string(100000, 'x')));
                  return delivery.outcome == Outcome::tryLater && filesIn(temp.path()) == 0 ? 0 : 1;
              }),
              0);
}

TEST(FolderPostman, AFullDiskIsTriedLaterAndLeavesNothing) {
    TempFolder temp;
    constexpr int notAllowed = 77;
    const int result = inChild([&] {
        if (::unshare(CLONE_NEWNS | (::geteuid() == 0 ? 0 : CLONE_NEWUSER)) != 0) return notAllowed;
        ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
        if (::mount("none", temp.path().c_str(), "tmpfs", 0, "size=64k") != 0) return notAllowed;
        auto postman = makeFolderPostman(temp.path());
        const auto delivery = postman->deliver(mail("big", std::string(1000000, 'x')));
        if (delivery.outcome != Outcome::tryLater || delivery.reply.find("space") == std::string::npos) return 1;
        if (filesIn(temp.path()) != 0) return 2;
        return postman->deliver(mail("small")).outcome == Outcome::sent ? 0 : 3;
    });
    if (result == notAllowed) GTEST_SKIP() << "this machine does not let a test mount a small disk";
    EXPECT_EQ(result, 0);
}

} // namespace
} // namespace hoering::smtp
