// What the pages work with, put together by server/app. Not here: one request's own things (desk.h).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <semaphore>
#include <set>
#include <string>

#include "blobs/blob_store.h"
#include "common/clock.h"
#include "common/mail_address.h"
#include "http/reply.h"
#include "settings.h"
#include "sqlite/database.h"
#include "usecases/office.h"
#include "usecases/open_link.h"
#include "web/guess_limit.h"
#include "web/remembered.h"

namespace hoering::web {

/// Public pages ready to send, by language, day and path, until a commit changes them.
using PageMemory = Remembered<http::Prepared>;
constexpr std::size_t mostPages = 4000;
/// Parties' sessions by the hash of their cookies, until a commit changes what they are read from. Whether one may
/// still come in depends on the time, and is ruled each time.
using VisitMemory = Remembered<PartySession>;
constexpr std::size_t visitBytes = 16 << 20;

struct Services {
    sqlite::Database& database;
    blobs::BlobStore& blobs;
    const Office& office;
    const Settings& settings;
    const Clock& clock;
    PageMemory& pages;
    VisitMemory& visits;
    std::function<std::string(std::string_view)> asset{}; // "css/hoering.css" -> "/static/css/hoering.css?v=…"
    std::function<std::string()> healthJson{};            // {"ready":…}: what /health answers
    std::function<bool()> ready{};
    std::function<std::string()> metricsText{}; // Prometheus text form
    bool secure = false;                        // the public address is https: cookies get Secure and __Host-
    /// Two big documents at a time at most: one takes seconds and memory.
    std::shared_ptr<std::counting_semaphore<2>> documentPermits = std::make_shared<std::counting_semaphore<2>>(2);
    /// And of searches in files, each of which may be a program that takes much of both.
    std::shared_ptr<std::counting_semaphore<2>> searchPermits = std::make_shared<std::counting_semaphore<2>>(2);
    std::shared_ptr<GuessLimit> guesses = std::make_shared<GuessLimit>();
    /// Asks DNS whether these domains take mail; takes seconds, so never inside a transaction. Empty when settings turn
    /// it off (mail.check_domains).
    std::function<std::map<std::string, DomainAnswer>(const std::set<std::string>&)> checkDomains{};
};

} // namespace hoering::web
