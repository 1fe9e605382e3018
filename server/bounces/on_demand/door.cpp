// The bounces room's function for the command line: loads the room, and GMime with it, when a returned mail is read.
#include "bounces/on_demand/reader.h"

#include "common/carried_module.h"

namespace hoering {
std::string_view bouncesModule(); // made by scripts/carry.cmake
}

namespace hoering::bounces {

Reading readReturnedMail(std::string_view bytes) {
    static const auto read = reinterpret_cast<decltype(&hoering_bounces)>(
        doorOfCarriedModule("bounces", bouncesModule(), "hoering_bounces"))();
    return read(bytes);
}

} // namespace hoering::bounces
