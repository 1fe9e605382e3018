// The faces a PDF is set in, named one by one: never what happens to be installed.
// Not here: sizes and weights (pdf_text.h).
#pragma once

#include <fontconfig/fontconfig.h>

namespace hoering::documents {

/// In this order: IBM Plex Sans (the design system's face, built into the binary when the style package was there at
/// build time), Liberation Sans (Debian: fonts-liberation), DejaVu Sans for characters the others lack.
inline constexpr const char* fontFamilies = "IBM Plex Sans,Liberation Sans,DejaVu Sans";

/// The configuration that knows exactly those faces, made once and kept until the process ends: Pango 1.50 keeps a
/// reference to every one it is given, so one a document would be a leak a document. For any thread.
/// Throws std::runtime_error if not one of them can be read.
FcConfig* fontConfig();

} // namespace hoering::documents
