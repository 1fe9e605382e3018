// A multipart form received in pieces: text fields to memory, files to the incoming folder, hashed on the way.
// Blocks on the disk: run it on a worker, never on an io thread.
// Not here: what kinds of files are allowed, fsync, where they end up (server/blobs).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "http/request.h"

namespace hoering::http {

struct FormLimits {
    std::uint64_t fileBytes = 0;       // of one file; a longer one is thrown away and the upload marked. 0: nothing is
                                       // written, not even an empty file
    std::size_t files = 0;             // beyond: 413
    std::uint64_t textBytes = 1 << 20; // of all text fields together, names included; beyond: 413
};

class FormReceiver {
  public:
    FormReceiver(std::string_view boundary, FormLimits limits, std::filesystem::path incoming);
    ~FormReceiver();
    FormReceiver(const FormReceiver&) = delete;
    FormReceiver& operator=(const FormReceiver&) = delete;

    /// The next bytes of the body. Returns 0, 400 (malformed) or 413 (over a limit); then feed no more.
    /// A file the disk does not take is marked (Upload::lost) and thrown away; the rest of the form is read on.
    int feed(std::string_view bytes);
    /// After the last byte. Returns 0, or 400 when the closing boundary never came.
    int finish();
    /// Moves what was received into the request; files not moved are deleted with this object.
    void moveInto(Request& request);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Deletes what a crashed process left in the incoming folder. Call when no server uses it.
void sweepIncoming(const std::filesystem::path& incoming);

} // namespace hoering::http
