#include "cli/commands.h"

int main(int argc, char** argv) { return hoering::cli::run(argc, argv); }
