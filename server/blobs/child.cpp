#include "blobs/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>

#include "blobs/blob_store.h"
#include "blobs/descriptor.h"

namespace hoering::blobs {

namespace {

void limit(__rlimit_resource what, rlim_t to) {
    const rlimit both{to, to};
    ::setrlimit(what, &both);
}

/// Between fork and exec: only calls that are safe after a fork of one thread among many (signal-safety(7)).
[[noreturn]] void become(char* const* argv, int output, const ChildLimits& limits) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, 0);
    ::dup2(output, 1);
    ::dup2(output, 2);
    ::close_range(3, ~0U, 0);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 32);
    limit(RLIMIT_CPU, static_cast<rlim_t>(limits.time.count() / 1000 + 1));
    limit(RLIMIT_AS, limits.memoryBytes);
    char path[] = "PATH=/usr/bin:/bin", language[] = "LC_ALL=C.UTF-8";
    char* environment[] = {path, language, nullptr};
    char program[256];
    for (const char* folder : {"/usr/bin/", "/bin/"}) {
        if (std::strlen(folder) + std::strlen(argv[0]) >= sizeof program) break;
        std::strcpy(program, folder);
        std::strcat(program, argv[0]);
        ::execve(program, argv, environment);
    }
    ::_exit(127);
}

} // namespace

ChildOutcome runChild(const std::vector<std::string>& argv, const ChildLimits& limits) {
    std::vector<char*> raw;
    for (const auto& argument : argv) raw.push_back(const_cast<char*>(argument.c_str()));
    raw.push_back(nullptr);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw BlobFailed(std::string("no pipe: ") + std::strerror(errno));
    Descriptor ours(ends[0]), theirs(ends[1]);
    const pid_t child = ::fork();
    if (child < 0) throw BlobFailed(std::string("no process for ") + argv[0] + ": " + std::strerror(errno));
    if (child == 0) become(raw.data(), theirs.get(), limits);
    theirs.close();

    ChildOutcome outcome;
    const auto end = std::chrono::steady_clock::now() + limits.time;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        pollfd waiting{ours.get(), POLLIN, 0};
        const int ready = left.count() > 0 ? ::poll(&waiting, 1, static_cast<int>(left.count())) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) {
            outcome.timedOut = true;
            break;
        }
        char chunk[4096];
        const auto n = ::read(ours.get(), chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        outcome.output.append(chunk, static_cast<std::size_t>(n));
        if (outcome.output.size() > limits.outputBytes) {
            outcome.output.resize(limits.outputBytes);
            outcome.tooMuch = true;
            break;
        }
    }
    if (outcome.timedOut || outcome.tooMuch) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && !outcome.timedOut && !outcome.tooMuch) outcome.exitCode = WEXITSTATUS(status);
    return outcome;
}

} // namespace hoering::blobs
