// The real program as a child process: run to its end, or a service that is waited for and stopped.
// Not here: what it should do (the tests beside this file).
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace hoering::testing {

struct Ran {
    int code = -1; // exit code; 128 + signal if it was ended by one
    std::string out, err;
};
/// Runs hoering with these arguments to its end. `input`: a file to read as standard input, "" for the test's own.
Ran run(const std::vector<std::string>& arguments, const std::filesystem::path& input = {});

/// `hoering serve` on a free port; ready when the constructor returns. Stopped with SIGTERM, and waited for.
class Service {
  public:
    explicit Service(const std::filesystem::path& data, std::vector<std::string> more = {});
    ~Service();
    Service(const Service&) = delete;
    pid_t pid() const { return pid_; }
    const std::string& firstLine() const { return firstLine_; }
    /// The exit code. Once.
    int stop();

  private:
    pid_t pid_ = -1;
    int out_ = -1;
    std::string firstLine_;
};

std::string readFile(const std::filesystem::path& file);
void writeFile(const std::filesystem::path& file, const std::string& bytes);

} // namespace hoering::testing
