#include <CLI/CLI.hpp>

#include <iostream>

#include "cli/commands.h"
#include "common/crypto.h"

namespace hoering::cli {
namespace {

void addPlace(CLI::App& command, Place& place) {
    command.add_option("--data", place.data, "Data folder: database, files, mail, key")->capture_default_str();
    command.add_option("--config", place.config, "Settings in TOML; without it DATA/hoering.toml if it is there");
}

/// A sentence for CLI11 when the text is no SHA-256, else "".
std::string isHash(const std::string& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos
               ? ""
               : "a head is 64 hexadecimal digits";
}

} // namespace

int run(int argc, char** argv) {
    CLI::App program{"Høring: consultations for Danish municipalities", "hoering"};
    program.set_version_flag("--version", HOERING_VERSION);
    program.require_subcommand(1);
    int status = 0;

    ServeFlags serveFlags;
    auto* serveCommand = program.add_subcommand("serve", "Serve the pages and send the mail until SIGTERM");
    addPlace(*serveCommand, serveFlags.place);
    serveCommand->add_option("--port", serveFlags.port, "Port, over the settings' own; 0 for any free one");
    serveCommand->callback([&] { status = serve(serveFlags); });

    auto* user = program.add_subcommand("user", "People who sign in");
    user->require_subcommand(1);
    UserAddFlags userFlags;
    auto* userAddCommand = user->add_subcommand("add", "Add a user; prints a one-time link to choose a password");
    addPlace(*userAddCommand, userFlags.place);
    userAddCommand->add_option("--email", userFlags.email, "Mail address, also the name to sign in with")->required();
    userAddCommand->add_option("--name", userFlags.name, "Full name")->required();
    userAddCommand->add_option("--role", userFlags.role, "administrator, secretariat or reader")
        ->check(CLI::IsMember({"administrator", "secretariat", "reader"}))
        ->capture_default_str();
    userAddCommand->add_option("--language", userFlags.language, "da or en")
        ->check(CLI::IsMember({"da", "en"}))
        ->capture_default_str();
    userAddCommand->callback([&] { status = userAdd(userFlags); });

    ResetFlags resetFlags;
    auto* resetCommand = user->add_subcommand(
        "reset-two-steps", "Lost phone: let a user sign in with the password alone, and end the user's sessions");
    addPlace(*resetCommand, resetFlags.place);
    resetCommand->add_option("--email", resetFlags.email, "Whose second step")->required();
    resetCommand->callback([&] { status = userResetTwoSteps(resetFlags); });

    auto* token = program.add_subcommand("token", "One-time links");
    token->require_subcommand(1);
    TokenFlags tokenFlags;
    auto* tokenCommand = token->add_subcommand(
        "create", "A one-time link to choose a new password, or to create the first administrator");
    addPlace(*tokenCommand, tokenFlags.place);
    tokenCommand->add_option("--email", tokenFlags.email, "Whose password; without it: the first administrator's");
    tokenCommand->callback([&] { status = tokenCreate(tokenFlags); });

    BackupFlags backupFlags;
    auto* backupCommand = program.add_subcommand("backup", "Copy everything, also while the service runs");
    addPlace(*backupCommand, backupFlags.place);
    backupCommand->add_option("target", backupFlags.target, "Folder for the copy; must not exist")->required();
    backupCommand->callback([&] { status = backup(backupFlags); });

    RestoreFlags restoreFlags;
    auto* restoreCommand = program.add_subcommand("restore", "Make a data folder from a backup, and verify it");
    restoreCommand->add_option("source", restoreFlags.source, "The backup's folder")->required();
    restoreCommand->add_option("--data", restoreFlags.data, "Data folder to make; must not exist or be empty")
        ->required();
    restoreCommand->callback([&] { status = restore(restoreFlags); });

    BounceFlags bounceFlags;
    auto* bounceCommand = program.add_subcommand(
        "bounce", "Take in a mail that came back, from a file or standard input (a mail server)");
    addPlace(*bounceCommand, bounceFlags.place);
    bounceCommand->add_option("file", bounceFlags.file, "The returned mail (.eml); without it standard input");
    bounceCommand->callback([&] { status = bounce(bounceFlags); });

    VerifyFlags verifyFlags;
    Place doctorPlace;
    DemoFlags demoFlags;
    auto* verifyCommand =
        program.add_subcommand("verify", "Prove the journal's chain, the database, every answer and file");
    addPlace(*verifyCommand, verifyFlags.place);
    verifyCommand
        ->add_option(
            "--head", verifyFlags.head,
            "A head that verify printed earlier, kept elsewhere: fails unless the journal holds it still, with "
            "nothing up to it changed or cut off")
        ->check(isHash);
    verifyCommand->callback([&] { status = verify(verifyFlags); });
    auto* doctorCommand =
        program.add_subcommand("doctor", "Look for what would go wrong: settings, folder, disk, mail server");
    addPlace(*doctorCommand, doctorPlace);
    doctorCommand->callback([&] { status = doctor(doctorPlace); });
    auto* demoCommand = program.add_subcommand("demo", "Fill an empty data folder with a worked example");
    addPlace(*demoCommand, demoFlags.place);
    demoCommand->add_option("--port", demoFlags.port, "Port it will be served on: the example's letters hold links");
    demoCommand->callback([&] { status = demo(demoFlags); });

    try {
        initCrypto();
        program.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        return program.exit(wrong) == 0 ? 0 : 2;
    } catch (const std::exception& trouble) {
        std::cerr << "hoering: " << trouble.what() << "\n";
        return 1;
    }
    return status;
}

} // namespace hoering::cli
