// What an App is made of, for those who work below it: sub-commands, the demo, end-to-end tests.
// Not here: how it is put together (app.cpp).
#pragma once

#include <memory>

#include "app.h"
#include "blobs/blob_store.h"
#include "http/server.h"
#include "http/static_files.h"
#include "jobs/clockwork.h"
#include "jobs/outbox_job.h"
#include "sqlite/database.h"
#include "usecases/office.h"
#include "web/services.h"

namespace hoering {

struct App::Parts {
    Parts(Settings settings, DataFolder folder, const Clock& clock, std::unique_ptr<smtp::Postman> postman);

    const Settings settings;
    const DataFolder folder;
    const Clock& clock;
    text::Catalogue texts;
    Office office; // reads or makes the key: before the database, so that a lost key is noticed
    sqlite::Database database;
    blobs::BlobStore blobs;
    std::unique_ptr<smtp::Postman> postman;
    OutboxJob outbox;
    Clockwork clockwork;
    web::PageMemory pages{web::mostPages};
    web::VisitMemory visits{web::visitBytes};
    http::StaticFiles assets;
    std::shared_ptr<const http::Prepared> brandCss;
    std::string brandUrl;
    web::Services services;
    std::unique_ptr<http::Server> server;
    std::unique_ptr<http::Server> metricsServer;

    std::string healthJson() const;
    bool ready() const;
    std::string metricsText() const;
};

} // namespace hoering
