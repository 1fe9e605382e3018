// A program started by a test, its standard output read line by line. Ended with the object.
// Not here: what it says (tests/support/mail_server.mjs, tests/smtp/*.mjs).
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace hoering::smtp {

class ChildProcess {
  public:
    /// Starts `command[0]`, found by PATH. Throws std::runtime_error if it cannot.
    explicit ChildProcess(const std::vector<std::string>& command);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// The next line without its end; nullopt when the program closed its output or said nothing for `patience`.
    std::optional<std::string> readLine(std::chrono::seconds patience = std::chrono::seconds{30});
    /// Everything until the program ends; then its exit status in `status`.
    std::string readAll(int& status);
    /// Whether it is still running.
    bool isRunning();

  private:
    bool readMore(std::chrono::seconds patience);

    pid_t pid_ = -1;
    int input_ = -1, output_ = -1;
    std::string buffer_;
};

/// A folder of its own under the system's temporary folder, removed with the object.
class TempFolder {
  public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// A path in the source tree.
std::string sourcePath(const std::string& relative);

} // namespace hoering::smtp
