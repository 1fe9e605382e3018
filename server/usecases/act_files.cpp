#include "usecases/act_files.h"

#include <charconv>

#include "sqlite/files.h"
#include "sqlite/mailings.h"

namespace hoering {
namespace {

Error refuse(std::string key, Args args = {}) {
    return {ErrorKind::invalid, "error.form", {}, {{"file", std::move(key), std::move(args)}}};
}

} // namespace

std::int64_t keepActFile(sqlite::Tx& tx, const User& user, std::int64_t consultation, const StoredFile& file) {
    const auto id = sqlite::insertFile(tx, file);
    sqlite::insertActFile(tx, id, consultation, user.id);
    tx.housekeeping("a file chosen on a form is nothing yet until the act is confirmed");
    return id;
}

Result<std::vector<StoredFile>> actFilesOf(sqlite::ReadTx& tx, std::int64_t consultation, const ActInput& input) {
    std::vector<StoredFile> files;
    for (const auto typed : input.all("file")) {
        if (!input.get("drop_" + std::string(typed)).empty()) continue;
        std::int64_t id = 0;
        const auto [end, trouble] = std::from_chars(typed.data(), typed.data() + typed.size(), id);
        if (trouble != std::errc{} || end != typed.data() + typed.size()) return refuse("error.file.gone");
        auto file = sqlite::findActFile(tx, id, consultation);
        if (!file) return refuse("error.file.gone");
        for (const auto& other : files)
            if (other.id == id) return refuse("error.file.gone");
        files.push_back(std::move(*file));
    }
    if (files.size() > filesPerAct) return refuse("error.file.too_many", {{"limit", std::to_string(filesPerAct)}});
    return files;
}

} // namespace hoering
