#include "smtp/child_process.h"

#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hoering::smtp {

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
    int in[2], out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("fork");
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // never outlives the test
        ::dup2(in[0], 0);
        ::dup2(out[1], 1);
        ::execvp(words[0], words.data());
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    output_ = out[0];
}

ChildProcess::~ChildProcess() {
    ::close(input_);
    ::close(output_);
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
}

bool ChildProcess::readMore(std::chrono::seconds patience) {
    pollfd wait{output_, POLLIN, 0};
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(patience).count();
    if (::poll(&wait, 1, static_cast<int>(ms)) <= 0) return false;
    char piece[65536];
    const auto n = ::read(output_, piece, sizeof piece);
    if (n <= 0) return false;
    buffer_.append(piece, static_cast<std::size_t>(n));
    return true;
}

std::optional<std::string> ChildProcess::readLine(std::chrono::seconds patience) {
    auto end = buffer_.find('\n');
    while (end == std::string::npos) {
        if (!readMore(patience)) return std::nullopt;
        end = buffer_.find('\n');
    }
    auto line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    return line;
}

std::string ChildProcess::readAll(int& status) {
    while (readMore(std::chrono::seconds{240})) {
    }
    status = -1;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return std::move(buffer_);
}

bool ChildProcess::isRunning() {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
    return pid_ > 0;
}

TempFolder::TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "hoering-smtp-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("mkdtemp");
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string sourcePath(const std::string& relative) { return std::string(HOERING_SOURCE_DIR) + "/" + relative; }

} // namespace hoering::smtp
