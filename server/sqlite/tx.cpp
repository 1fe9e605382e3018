#include "sqlite/tx.h"

#include "sqlite/connection.h"

namespace hoering::sqlite {

Statement::Statement(Connection& connection, std::string_view sql)
    : connection_(connection), prepared_(connection.borrow(sql)) {}

Statement::~Statement() { connection_.giveBack(prepared_); }

void Statement::start(int values) {
    if (values != prepared_->parameters)
        throw std::logic_error(std::to_string(values) + " values for " + std::to_string(prepared_->parameters) +
                               " parameters: " + prepared_->sql);
    sqlite3_reset(prepared_->handle.get());
    bound_ = true;
}

void Statement::bindInteger(int index, std::int64_t value) {
    sqlite3_bind_int64(prepared_->handle.get(), index, value);
}

void Statement::bindText(int index, std::string_view value, bool lives) {
    // An empty view may have no address at all, which SQLite would take for NULL.
    const char* data = value.data() ? value.data() : "";
    const int code = sqlite3_bind_text64(prepared_->handle.get(), index, data, value.size(),
                                         lives ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code != SQLITE_OK) throwFor(connection_.handle(), code, "binding " + prepared_->sql);
}

void Statement::bindNull(int index) { sqlite3_bind_null(prepared_->handle.get(), index); }

bool Statement::step() {
    if (connection_.broken()) throw StorageFailed("the transaction has already failed");
    if (!bound_ && prepared_->parameters > 0) throw std::logic_error("parameters without values: " + prepared_->sql);
    if (prepared_->changesVisits) connection_.noteVisitsChanged();
    const int code = sqlite3_step(prepared_->handle.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    if (isStorageTrouble(code)) connection_.setBroken(true);
    throwFor(connection_.handle(), code, prepared_->sql);
}

void Statement::run() {
    if (step()) throw std::logic_error("rows where none were expected: " + prepared_->sql);
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(prepared_->handle.get(), column); }

std::string_view Statement::textView(int column) const {
    const auto* data = sqlite3_column_text(prepared_->handle.get(), column);
    if (!data) return {};
    const auto size = sqlite3_column_bytes(prepared_->handle.get(), column);
    return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

std::string Statement::text(int column) const { return std::string(textView(column)); }

bool Statement::isNull(int column) const { return sqlite3_column_type(prepared_->handle.get(), column) == SQLITE_NULL; }

std::optional<std::int64_t> Statement::maybeInteger(int column) const {
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<std::string> Statement::maybeText(int column) const {
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

Tx::Tx(Connection& connection, Now now)
    : ReadTx(connection), now_(now), changesAtStart_(sqlite3_total_changes64(connection.handle())) {}

std::int64_t Tx::lastInsertId() { return sqlite3_last_insert_rowid(connection_.handle()); }
int Tx::changes() { return sqlite3_changes(connection_.handle()); }

void Tx::housekeeping(std::string_view why) {
    if (why.empty()) throw std::logic_error("housekeeping needs a reason");
    excused_ = true;
}

bool Tx::changedInSilence() const {
    return !recorded_ && !excused_ && sqlite3_total_changes64(connection_.handle()) != changesAtStart_;
}

} // namespace hoering::sqlite
