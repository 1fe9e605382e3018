// A part of the program that few need and that brings many libraries with it: carried inside the program as a shared
// library, and loaded when it is first used. So a service that makes no documents holds none of Pango, cairo, qpdf ...
// in memory, starts sooner, and is one file all the same. scripts/carry.cmake puts it there.
// Not here: what such a part does (server/documents/on_demand), builds with sanitizers (they link it directly).
#pragma once

#include <string_view>

namespace hoering {

/// The address of the function `door` of the shared library in `bytes`. Each call loads anew and for good: keep the
/// answer in a static, which also makes the first use safe for many threads and tries again after a failure.
///
/// From memory (memfd_create), or, where the system forbids that, from a file without a name in $TMPDIR (/tmp). No
/// memory is ever writable and executable, so systemd's MemoryDenyWriteExecute is no hindrance; a seccomp filter
/// against memfd_create, or a mount with noexec, stops one of the two ways and not the other. Throws std::runtime_error
/// with a sentence for the operator: what was tried and why it failed, e.g. which library is not installed. `hoering
/// doctor` asks for each module.
void* doorOfCarriedModule(const char* name, std::string_view bytes, const char* door);

} // namespace hoering
