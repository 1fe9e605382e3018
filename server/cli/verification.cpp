#include "cli/verification.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>

#include "blobs/blob_store.h"
#include "common/crypto.h"
#include "common/strings.h"
#include "domain/keys.h"
#include "sqlite/inspector.h"
#include "sqlite/journal.h"
#include "sqlite/migrate.h"
#include "sqlite/responses.h"

namespace hoering::cli {

namespace fs = std::filesystem;

namespace {

constexpr int page = 500; // journal entries at a time

/// What is known of a response when it comes in: the names of facts (those of the journal's details) and their values.
using Facts = std::map<std::string, std::string>;

Facts factsOf(const Response& response) {
    return {{"consultation", std::to_string(response.consultation)},
            {"party", std::to_string(response.party)},
            {"version", std::to_string(response.version)},
            {"kind", std::string(kindName(response.kind))},
            {"channel", std::string(channelName(response.channel))},
            {"received", isoLocal(toLocal(response.receivedAt))},
            {"registrar", std::to_string(response.registrar.value_or(0))},
            {"files", std::to_string(response.files.size())},
            {"late", response.late ? "true" : "false"},
            {"checksum", response.checksum}};
}

Facts factsOfWithdrawal(const Response& response) {
    const Withdrawal& withdrawal = *response.withdrawal;
    return {{"consultation", std::to_string(response.consultation)},
            {"party", std::to_string(response.party)},
            {"version", std::to_string(response.version)},
            {"withdrawn", response.receipt},
            {"channel", std::string(channelName(withdrawal.channel))},
            {"received", isoLocal(toLocal(withdrawal.at))},
            {"registrar", std::to_string(withdrawal.registrar.value_or(0))},
            {"checksum", withdrawalChecksum(response, withdrawal)}};
}

/// What an entry of the journal says, and whether it was found stored.
struct Submitted {
    Facts facts;
    bool found = false;
};

bool isWithdrawal(const AuditEvent& event) {
    return event.act == "response.withdrawn" || event.act == "response.withdrawal_registered";
}

/// What the entry holds, by its details and by the act itself; an entry of an older version may say less.
Facts factsOf(const AuditEvent& event) {
    Facts facts;
    for (const auto& [key, value] : event.details) facts[key] = value;
    if (event.consultation) facts["consultation"] = std::to_string(*event.consultation);
    if (event.party) facts["party"] = std::to_string(*event.party);
    if (event.act == "response.registered" || event.act == "response.withdrawal_registered") {
        facts["registrar"] = std::to_string(event.actor.id);
        return facts;
    }
    if (event.act == "response.submitted") facts["kind"] = kindName(ResponseKind::remarks);
    else if (event.act == "response.no_remarks") facts["kind"] = kindName(ResponseKind::noRemarks);
    else if (event.act == "response.declined") facts["kind"] = kindName(ResponseKind::declined);
    facts["channel"] = channelName(Channel::online);
    facts["registrar"] = "0";
    return facts;
}

/// What the journal tells of responses and of withdrawals, by receipt.
struct Told {
    std::map<std::string, Submitted> submitted, withdrawn;
};

Told toldByReceipt(sqlite::ReadTx& tx) {
    Told told;
    std::optional<std::int64_t> before;
    while (true) {
        const auto entries = sqlite::journalPage(tx, {}, before, page);
        for (const auto& entry : entries) {
            if (!startsWith(entry.event.act, "response.")) continue;
            Facts facts = factsOf(entry.event);
            if (const auto receipt = facts.find("receipt"); receipt != facts.end())
                (isWithdrawal(entry.event) ? told.withdrawn : told.submitted)[receipt->second] = {std::move(facts),
                                                                                                  false};
        }
        if (entries.empty()) return told;
        before = entries.back().id;
    }
}

/// What is stored of `which` against what the journal said when it came.
void compare(std::map<std::string, Submitted>& told, const std::string& receipt, const Facts& stored,
             const std::string& which, Verification& v) {
    const auto entry = told.find(receipt);
    if (entry == told.end()) {
        v.wrong.push_back(which + ": the journal does not know it.");
        return;
    }
    entry->second.found = true;
    for (const auto& [fact, value] : stored)
        if (const auto there = entry->second.facts.find(fact);
            there != entry->second.facts.end() && there->second != value)
            v.wrong.push_back(fmt::format("{}: its {} is not the one in the journal (there: {}, here: {}).", which,
                                          fact, there->second, value));
}

void verifyResponses(sqlite::ReadTx& tx, Verification& v) {
    auto told = toldByReceipt(tx);
    for (const auto id : sqlite::consultationIds(tx)) {
        for (const auto& response : sqlite::responsesOf(tx, id)) {
            ++v.responses;
            const std::string which = fmt::format("Response {} (receipt {})", response.id, response.receipt);
            if (responseChecksum(response.kind, response.text, response.files) != response.checksum)
                v.wrong.push_back(which + ": its words or files do not fit its checksum.");
            compare(told.submitted, response.receipt, factsOf(response), which, v);
            if (response.withdrawal)
                compare(told.withdrawn, response.withdrawal->receipt, factsOfWithdrawal(response),
                        fmt::format("The withdrawal of response {} (receipt {})", response.id,
                                    response.withdrawal->receipt),
                        v);
        }
    }
    for (const auto& [receipt, entry] : told.submitted)
        if (!entry.found)
            v.wrong.push_back("The response with receipt " + receipt + " is in the journal, but not stored.");
    for (const auto& [receipt, entry] : told.withdrawn)
        if (!entry.found)
            v.wrong.push_back("The withdrawal with receipt " + receipt + " is in the journal, but not stored.");
}

void verifyLinks(sqlite::ReadTx& tx, const DataFolder& folder, Verification& v) {
    const auto links = sqlite::linkClaims(tx, -1);
    v.links = links.size();
    if (!fs::exists(folder.key())) {
        v.wrong.push_back("The key " + folder.key().string() + " is missing.");
        return;
    }
    std::ifstream in(folder.key(), std::ios::binary);
    const std::string secret((std::istreambuf_iterator<char>(in)), {});
    if (secret.size() < 32) {
        v.wrong.push_back("The key " + folder.key().string() + " is damaged: it must hold 32 bytes.");
        return;
    }
    const Keys keys(secret);
    std::size_t foreign = 0;
    for (const auto& link : links)
        if (sha256Hex(keys.linkToken(link.nonce)) != link.tokenHash) ++foreign;
    if (foreign > 0)
        v.wrong.push_back(fmt::format("{} of {} personal links were not made with this key: is it from another folder?",
                                      foreign, links.size()));
}

std::string judge(const blobs::BlobStore& store, const sqlite::FileClaim& claim) {
    switch (store.verify(claim.sha256)) {
    case blobs::BlobState::missing: return "is missing";
    case blobs::BlobState::damaged: return "is damaged: its bytes do not fit its SHA-256";
    case blobs::BlobState::whole: break;
    }
    const auto size = fs::file_size(store.pathOf(claim.sha256));
    return size == claim.size ? "" : fmt::format("has {} bytes, not {}", size, claim.size);
}

void verifyFiles(sqlite::Inspector& database, const DataFolder& folder, Verification& v) {
    const auto claims = database.read([](sqlite::ReadTx& tx) { return sqlite::fileClaims(tx); });
    if (claims.empty()) return;
    if (!fs::exists(folder.files())) {
        v.wrong.push_back(
            fmt::format("The folder {} with {} files is missing.", folder.files().string(), claims.size()));
        return;
    }
    const blobs::BlobStore store(folder.files());
    for (const auto& claim : claims) { // no snapshot is held meanwhile
        ++v.files;
        v.fileBytes += claim.size;
        const std::string trouble = judge(store, claim);
        if (trouble.empty()) continue;
        // A file taken out of a draft may be swept away while we look: then no row wants it any more.
        const auto now = database.read([](sqlite::ReadTx& tx) { return sqlite::fileClaims(tx); });
        const bool wanted =
            std::any_of(now.begin(), now.end(), [&](const auto& each) { return each.sha256 == claim.sha256; });
        if (wanted) v.wrong.push_back("The file " + claim.sha256 + " (" + claim.name + ") " + trouble + ".");
    }
}

/// One part of the proof; a database too damaged to be read ends that part alone.
template <class F> void part(Verification& v, const char* what, F&& run) {
    try {
        run();
    } catch (const std::exception& trouble) {
        v.wrong.push_back(std::string(what) + " could not be read: " + trouble.what() + ".");
    }
}

} // namespace

Verification verifyData(const DataFolder& folder, const std::string& keptHead) {
    Verification v;
    if (!fs::exists(folder.database())) {
        v.wrong.push_back("There is no database in " + folder.root.string() + ".");
        return v;
    }
    part(v, "The database", [&] {
        sqlite::Inspector database(folder.database());
        part(v, "The database", [&] {
            for (const auto& damage : database.read([](sqlite::ReadTx& tx) { return sqlite::damagesIn(tx); }))
                v.wrong.push_back("The database: " + damage + ".");
        });
        part(v, "The schema", [&] {
            for (const auto& deviation :
                 database.read([](sqlite::ReadTx& tx) { return sqlite::schemaDeviations(tx, migrationFiles()); }))
                v.wrong.push_back("The schema: " + deviation);
        });
        part(v, "The journal", [&] {
            const auto proof = database.read([&](sqlite::ReadTx& tx) { return sqlite::verifyJournal(tx, keptHead); });
            v.journalEntries = proof.count;
            v.journalHead = proof.headHash;
            v.keptHeadEntry = proof.keptHead;
            if (proof.broken) v.wrong.push_back(proof.broken->sentence);
            if (!keptHead.empty() && !proof.keptHead)
                v.wrong.push_back("The journal does not hold the head " + keptHead +
                                  ": an entry up to it was changed or cut off, or it is of another folder.");
        });
        part(v, "The responses", [&] { database.read([&](sqlite::ReadTx& tx) { verifyResponses(tx, v); }); });
        part(v, "The personal links", [&] { database.read([&](sqlite::ReadTx& tx) { verifyLinks(tx, folder, v); }); });
        part(v, "The files", [&] { verifyFiles(database, folder, v); });
    });
    return v;
}

} // namespace hoering::cli
