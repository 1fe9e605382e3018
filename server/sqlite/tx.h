// A running transaction: ReadTx sees one snapshot, Tx may change it. SQL is written only in this room.
// Not here: threads and commits (server/sqlite/database), rules (server/domain), verbs (server/usecases).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "common/calendar.h"
#include "domain/audit.h"
#include "sqlite/failure.h"

namespace hoering::sqlite {

class Connection; // a SQLite connection with its prepared statements
struct PreparedStatement;

/// A prepared statement on loan: bound, stepped, and given back (reset, cleared) when it goes out of scope.
class Statement {
  public:
    Statement(Connection& connection, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Binds all parameters in order, from 1; their number must fit. A named variable's text is not copied: keep it
    /// alive and unchanged until the last `step`. A temporary's text is copied. Throws std::logic_error.
    template <class... T> Statement& bind(T&&... values) {
        start(sizeof...(T));
        int i = 0;
        (bindOne(++i, values, std::is_lvalue_reference_v<T>), ...);
        return *this;
    }
    /// True: a row is there. Throws StorageFailed, ConstraintFailed, SQLite::Exception.
    bool step();
    /// For statements without rows; throws std::logic_error if there is one.
    void run();
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    /// Valid until the next step.
    std::string_view textView(int column) const;
    bool isNull(int column) const;
    std::optional<std::int64_t> maybeInteger(int column) const;
    std::optional<std::string> maybeText(int column) const;
    bool flag(int column) const { return integer(column) != 0; }

  private:
    void start(int values); // back to before the first row; checks the number of parameters
    void bindInteger(int index, std::int64_t value);
    void bindText(int index, std::string_view value, bool lives);
    void bindNull(int index);

    template <class V> void bindOne(int index, const V& value, bool lives) {
        if constexpr (std::is_same_v<V, std::nullopt_t> || std::is_same_v<V, std::nullptr_t>) bindNull(index);
        else if constexpr (std::is_integral_v<V>) bindInteger(index, static_cast<std::int64_t>(value));
        else bindText(index, std::string_view(value), lives);
    }
    template <class V> void bindOne(int index, const std::optional<V>& value, bool lives) {
        if (value) bindOne(index, *value, lives);
        else bindNull(index);
    }

    Connection& connection_;
    PreparedStatement* prepared_;
    bool bound_ = false;
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
    void touchesPublicPages() { publicPages_ = true; }
    /// Letters were queued: the outbox is woken after the commit.
    void queuedLetters() { letters_ = true; }
    /// Somebody is to be told something at once: the clock is woken after the commit.
    void toldStaff() { notices_ = true; }

  private:
    friend class Writer;
    bool changedInSilence() const; // rows, but neither record() nor housekeeping()

    Now now_;
    bool recorded_ = false, excused_ = false, publicPages_ = false, letters_ = false, notices_ = false;
    std::int64_t changesAtStart_ = 0;
};

} // namespace hoering::sqlite
