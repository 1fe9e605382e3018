// A look at a database from outside the process that owns it: no lock, no migration, no checkpoint, nothing written.
// For verify, doctor and the check of a backup; works while the service runs and on a copy.
// Not here: the service's own readers (server/sqlite/database.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "common/clock.h"
#include "sqlite/tx.h"

namespace hoering::sqlite {

class Inspector {
  public:
    /// Throws StorageFailed or SQLite::Exception (a std::exception) when there is no database to read in `file`.
    explicit Inspector(const std::filesystem::path& file);
    ~Inspector();

    /// Runs f(ReadTx&) on one snapshot. Keep it short while the service runs: a long one lets its log grow.
    template <class F> auto read(F&& f) -> std::invoke_result_t<F, ReadTx&> {
        Snapshot snapshot(*connection_);
        ReadTx tx(*connection_);
        return f(tx);
    }

  private:
    struct Snapshot {
        explicit Snapshot(Connection& on);
        ~Snapshot();
        Connection& connection;
    };
    std::unique_ptr<Connection> connection_;
};

/// PRAGMA integrity_check and foreign_key_check: a sentence for everything that is wrong.
std::vector<std::string> damagesIn(ReadTx& tx);

/// What the rows say of a file's content; the same content may be claimed with two sizes, and one is wrong then.
struct FileClaim {
    std::string sha256, name;
    std::uint64_t size = 0;
};
std::vector<FileClaim> fileClaims(ReadTx& tx);
std::vector<std::int64_t> consultationIds(ReadTx& tx);

struct LinkClaim {
    std::int64_t id = 0;
    std::string nonce, tokenHash;
};
/// The newest `limit` personal links, newest first.
std::vector<LinkClaim> linkClaims(ReadTx& tx, int limit);

} // namespace hoering::sqlite
