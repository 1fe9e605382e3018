#include "cli/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "support/world.h"

namespace hoering::testing {

namespace {

/// Starts the program with stdout and stderr in these descriptors, and stdin from this one unless it is -1.
pid_t start(const std::vector<std::string>& arguments, int out, int err, int in = -1) {
    std::vector<char*> argv{const_cast<char*>(HOERING_PROGRAM)};
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) {
        if (in >= 0) ::dup2(in, 0);
        ::dup2(out, 1);
        ::dup2(err, 2);
        ::execv(HOERING_PROGRAM, argv.data());
        ::_exit(126);
    }
    return child;
}

int codeOf(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int openFor(const std::filesystem::path& file) {
    return ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

} // namespace

Ran run(const std::vector<std::string>& arguments, const std::filesystem::path& input) {
    const TempFolder folder;
    const auto out = folder.path() / "out", err = folder.path() / "err";
    const int outFile = openFor(out), errFile = openFor(err);
    Ran ran;
    const int in = input.empty() ? -1 : ::open(input.c_str(), O_RDONLY | O_CLOEXEC);
    ran.code = codeOf(start(arguments, outFile, errFile, in));
    if (in >= 0) ::close(in);
    ::close(outFile);
    ::close(errFile);
    ran.out = readFile(out);
    ran.err = readFile(err);
    return ran;
}

Service::Service(const std::filesystem::path& data, std::vector<std::string> more) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    out_ = ends[0];
    const int log = openFor(data.parent_path() / "service.log");
    std::vector<std::string> arguments{"serve", "--data", data.string(), "--port", "0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    pid_ = start(arguments, ends[1], log);
    ::close(ends[1]);
    ::close(log);
    for (char c = 0; ::read(out_, &c, 1) == 1 && c != '\n';) firstLine_ += c; // its one line says it is ready
    if (firstLine_.empty())
        throw std::runtime_error("the service did not start: " + readFile(data.parent_path() / "service.log"));
}

int Service::stop() {
    if (pid_ < 0) return -1;
    ::kill(pid_, SIGTERM);
    const int code = codeOf(pid_);
    pid_ = -1;
    return code;
}

Service::~Service() {
    stop();
    ::close(out_);
}

std::string readFile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void writeFile(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary);
    out << bytes;
}

} // namespace hoering::testing
