// Files without a name, and modules that cannot be loaded; one that can: tests/documents_on_demand.
#include "common/carried_module.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "common/nameless_file.h"

namespace hoering {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(NamelessFile, IsReadByItsPathFromBothPlaces) {
    const std::string bytes(100'000, 'x');
    for (const auto where : {Nameless::inMemory, Nameless::inTemporaryFolder}) {
        const int file = namelessFile("test", bytes, where);
        std::ifstream in(namelessPath(file), std::ios::binary);
        EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), bytes);
        const auto target = std::filesystem::read_symlink(namelessPath(file)).string();
        EXPECT_TRUE(target.ends_with(" (deleted)")) << target; // nothing to sweep up after a crash
        EXPECT_EQ(::fcntl(file, F_GETFD), FD_CLOEXEC);
        ::close(file);
    }
}

TEST(CarriedModule, SaysWhatWasTriedWhenItCannotBeLoaded) {
    try {
        doorOfCarriedModule("sundial", "this is no library at all", "hoering_sundial");
        FAIL() << "it was loaded";
    } catch (const std::runtime_error& trouble) {
        EXPECT_THAT(trouble.what(), AllOf(HasSubstr("\"sundial\" cannot be loaded from memory ("),
                                          HasSubstr("file too short"), HasSubstr("folder for temporary files (")));
    }
}

} // namespace
} // namespace hoering
