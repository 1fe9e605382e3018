// What goes through the door between the program and the bounces room when the room is loaded at its first use.
// Everybody else includes bounces/returned_mail.h, and notices nothing.
// Not here: reading a returned mail (server/bounces), how a module is loaded (common/carried_module.h).
#pragma once

#include "bounces/returned_mail.h"

namespace hoering::bounces {

/// readReturnedMail. Both sides are of one build, so plain C++ passes.
using Reader = Reading (*)(std::string_view);

} // namespace hoering::bounces

/// The module's only name that can be seen from outside.
extern "C" hoering::bounces::Reader hoering_bounces();
