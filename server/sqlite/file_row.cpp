#include "sqlite/file_row.h"

#include <nlohmann/json.hpp>

namespace hoering::sqlite {
namespace {

std::string_view kindName(FileHit::Kind kind) { return kind == FileHit::Kind::cpr ? "cpr" : "placeholder"; }

} // namespace

StoredFile readStoredFile(const Statement& row, int from) {
    StoredFile file;
    file.id = row.integer(from);
    file.sha256 = row.text(from + 1);
    file.size = static_cast<std::uint64_t>(row.integer(from + 2));
    file.name = row.text(from + 3);
    file.contentType = row.text(from + 4);
    if (auto pages = row.maybeInteger(from + 5)) file.pages = static_cast<int>(*pages);
    file.search.reading = readingFrom(row.text(from + 6));
    const auto found = row.textView(from + 7);
    if (found == "[]") return file;
    for (const auto& hit : nlohmann::json::parse(found))
        file.search.hits.push_back(
            {hit.at(0) == kindName(FileHit::Kind::cpr) ? FileHit::Kind::cpr : FileHit::Kind::placeholder,
             hit.at(1).get<std::string>(), hit.at(2).get<int>()});
    return file;
}

std::string storedHits(const FileSearch& search) {
    auto hits = nlohmann::json::array();
    for (const auto& hit : search.hits) hits.push_back({kindName(hit.kind), hit.what, hit.page});
    return hits.dump();
}

} // namespace hoering::sqlite
