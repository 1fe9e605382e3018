// A running transaction: ReadTx sees one snapshot, Tx may change it. SQL is written only in this room.
// Not here: threads and commits (server/sqlite/database), rules (server/domain), verbs (server/usecases).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/calendar.h"
#include "domain/audit.h"

namespace hoering::sqlite {

class Connection; // a SQLite connection with its prepared statements

/// A prepared statement on loan: bound, stepped, and given back (reset, cleared) when it goes out of scope.
class Statement {
  public:
    Statement(Connection& connection, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Binds all parameters in order, from 1. Text is copied only when `step` has not yet run: keep it alive until then.
    template <class... T> Statement& bind(const T&... values) {
        int i = 0;
        (bindOne(++i, values), ...);
        return *this;
    }
    bool step();              // true: a row is there
    void run();               // for statements without rows; throws if there is one
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    bool isNull(int column) const;
    std::optional<std::int64_t> maybeInteger(int column) const;
    std::optional<std::string> maybeText(int column) const;
    bool flag(int column) const { return integer(column) != 0; }

  private:
    void bindOne(int index, std::int64_t value);
    void bindOne(int index, int value) { bindOne(index, static_cast<std::int64_t>(value)); }
    void bindOne(int index, bool value) { bindOne(index, static_cast<std::int64_t>(value)); }
    void bindOne(int index, std::string_view value);
    void bindOne(int index, const std::string& value) { bindOne(index, std::string_view(value)); }
    void bindOne(int index, const char* value) { bindOne(index, std::string_view(value)); }
    void bindOne(int index, std::nullopt_t);
    template <class T> void bindOne(int index, const std::optional<T>& value) {
        if (value) bindOne(index, *value);
        else bindOne(index, std::nullopt);
    }
    struct Slot;
    Connection& connection_;
    Slot* slot_;
};

class ReadTx {
  public:
    explicit ReadTx(Connection& connection) : connection_(connection) {}
    ReadTx(const ReadTx&) = delete;
    Statement sql(std::string_view text) { return Statement(connection_, text); }
    Connection& connection() { return connection_; }

  protected:
    Connection& connection_;
};

/// One writer job inside a commit group. Changing rows without record() or housekeeping() makes it fail (logic_error).
class Tx : public ReadTx {
  public:
    Tx(Connection& connection, Now now);
    const Now& now() const { return now_; }
    std::int64_t lastInsertId();
    int changes(); // rows of the last statement

    /// Writes the act into the hash-chained journal, in this transaction.
    void record(const AuditEvent& event);
    /// Says that this transaction needs no journal entry, and why (session times, outbox claims, caches).
    void housekeeping(std::string_view why);
    /// Names a public page or list that this commit makes stale; told to the listener after the commit.
    void touchesPublicPages();
    /// Letters were queued: the outbox is woken after the commit.
    void queuedLetters();

  private:
    friend class Database;
    Now now_;
    bool recorded_ = false, excused_ = false, publicPages_ = false, letters_ = false;
    std::int64_t changesAtStart_ = 0;
};

} // namespace hoering::sqlite
