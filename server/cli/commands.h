// The program's sub-commands, one file each; run() reads the flags and calls one.
// Not here: the service itself (server/app.h), the rules behind the commands (server/usecases).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app.h"
#include "settings.h"

namespace hoering::cli {

/// Flags every command that needs a data folder has.
struct Place {
    std::filesystem::path data = "data";
    std::filesystem::path config; // "" : DATA/hoering.toml if there is one, else the defaults
};

/// Reads argv, runs one command. 0 done, 1 it failed (a sentence on stderr), 2 flags or configuration are wrong.
int run(int argc, char** argv);

/// The settings of a place, with `port` over them. Prints every problem with its line and returns nothing if there is
/// one.
std::optional<Settings> loadSettings(const Place& place, std::optional<unsigned short> port = {});

struct ServeFlags {
    Place place;
    std::optional<unsigned short> port;
};
int serve(const ServeFlags& flags);

struct UserAddFlags {
    Place place;
    std::string email, name, role = "secretariat", language = "da";
};
int userAdd(const UserAddFlags& flags);

struct ResetFlags {
    Place place;
    std::string email;
};
int userResetTwoSteps(const ResetFlags& flags);

struct TokenFlags {
    Place place;
    std::string email; // "" : for the first administrator
};
int tokenCreate(const TokenFlags& flags);

struct BackupFlags {
    Place place;
    std::filesystem::path target;
};
int backup(const BackupFlags& flags);

struct RestoreFlags {
    std::filesystem::path source, data;
};
int restore(const RestoreFlags& flags);

struct BounceFlags {
    Place place;
    std::filesystem::path file; // "": standard input
};
/// Its exit codes are those of sysexits.h: 0 done, 65 no returned mail, 66 no such file, 75 try again later.
int bounce(const BounceFlags& flags);

struct VerifyFlags {
    Place place;
    std::string head; // kept elsewhere; "" : none to look for
};
int verify(const VerifyFlags& flags);
int doctor(const Place& place);

struct DemoFlags {
    Place place;
    std::optional<unsigned short> port; // it will be served on: letters hold links
};
int demo(const DemoFlags& flags);

} // namespace hoering::cli
