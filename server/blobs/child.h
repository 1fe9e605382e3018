// A foreign program run on an untrusted file: few rights, little time, little memory, no more output than asked for.
// Not here: what the programs are for (server/blobs/inspect.h).
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace hoering::blobs {

struct ChildLimits {
    std::chrono::milliseconds time{15'000}; // on the clock; the same in whole seconds of CPU
    std::size_t memoryBytes = std::size_t{1} << 30;
    std::size_t outputBytes = 64 * 1024; // what is beyond ends the child
};

struct ChildOutcome {
    int exitCode = -1; // -1: ended by a signal or by us
    bool timedOut = false, tooMuch = false;
    std::string output; // stdout and stderr together
};

/// Runs argv[0], found in /usr/bin or /bin, with an environment of its own (LC_ALL=C.UTF-8), no input, no way to write
/// files or gain rights. Exit code 127: the program is not there. Throws BlobFailed when no process can be made.
ChildOutcome runChild(const std::vector<std::string>& argv, const ChildLimits& limits = {});

} // namespace hoering::blobs
