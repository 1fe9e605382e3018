// Every address of the program on one screen: method, path, who may use it, what answers.
#include "web/handlers.h"
#include "web/route.h"

namespace hoering::web {

std::span<const Route> routes() {
    using enum http::Method;
    using enum Access;
    constexpr bool cached = true;
    static constexpr Route all[] = {
        // The public
        {get, "/", everyone, public_pages::start, cached},
        {get, "/hoering/{name}", everyone, public_pages::consultation, cached},
        {get, "/hoering/{name}/frist.ics", everyone, public_pages::calendar},
        {get, "/hoering/{name}/bilag/{enclosure}", everyone, public_pages::enclosure},
        {get, "/kvittering", everyone, service_pages::receipt},
        {get, "/om", everyone, service_pages::about},
        {get, "/privatliv", everyone, service_pages::privacy},
        {get, "/cookies", everyone, service_pages::cookies},
        {get, "/was", everyone, service_pages::accessibility},
        {post, "/sprog", everyone, service_pages::chooseLanguage},
        {get, "/health", everyone, service_pages::health},
        {get, "/metrics", everyone, service_pages::metrics},

        // An invited party
        {get, "/svar/{token}", everyone, link_pages::look},
        {post, "/svar/{token}", everyone, link_pages::open},
        {post, "/svar/{token}/nyt-link", everyone, link_pages::sendAgain},
        {get, "/mit-svar", party, answer_pages::overview},
        {get, "/mit-svar/laes", party, answer_pages::material},
        {get, "/mit-svar/frist.ics", party, answer_pages::calendar},
        {get, "/mit-svar/bilag/{enclosure}", party, answer_pages::enclosure},
        {get, "/mit-svar/skriv", party, answer_pages::write},
        {post, "/mit-svar/skriv", party, answer_pages::save, Body::longForm},
        {post, "/mit-svar/gem", party, answer_pages::autosave, Body::longForm},
        {post, "/mit-svar/filer", party, answer_pages::attach, Body::files},
        {get, "/mit-svar/filer/{file}", party, answer_pages::draftFile},
        {post, "/mit-svar/filer/{file}/fjern", party, answer_pages::removeFile},
        {get, "/mit-svar/tjek", party, answer_pages::check},
        {post, "/mit-svar/tjek", party, answer_pages::submit, Body::longForm},
        {get, "/mit-svar/ingen-bemaerkninger", party, answer_pages::noRemarks},
        {post, "/mit-svar/ingen-bemaerkninger", party, answer_pages::submitNoRemarks},
        {get, "/mit-svar/ikke-vores-omraade", party, answer_pages::declined},
        {post, "/mit-svar/ikke-vores-omraade", party, answer_pages::submitDeclined},
        {post, "/mit-svar/ret", party, answer_pages::correct},
        {get, "/mit-svar/kvittering", party, answer_pages::receipt},
        {get, "/mit-svar/kvittering.pdf", party, answer_pages::receiptPdf},
        {post, "/mit-svar/luk", party, answer_pages::leave},

        // The office: in and out
        {get, "/kontor/log-ind", everyone, sign_in_pages::form},
        {post, "/kontor/log-ind", everyone, sign_in_pages::signIn},
        {post, "/kontor/log-ud", reader, sign_in_pages::signOut},
        {get, "/kontor/adgang/{token}", everyone, sign_in_pages::choosePasswordForm},
        {post, "/kontor/adgang/{token}", everyone, sign_in_pages::choosePassword},

        // The office: today and each consultation
        {get, "/kontor", reader, office_pages::today},
        {get, "/kontor/hoeringer/ny", secretariat, edit_pages::newForm},
        {post, "/kontor/hoeringer/ny", secretariat, edit_pages::create},
        {get, "/kontor/hoeringer/{id}", reader, office_pages::overview},
        {get, "/kontor/hoeringer/{id}/oplysninger", secretariat, edit_pages::facts},
        {post, "/kontor/hoeringer/{id}/oplysninger", secretariat, edit_pages::saveFacts},
        {get, "/kontor/hoeringer/{id}/bilag", secretariat, edit_pages::enclosures},
        {post, "/kontor/hoeringer/{id}/bilag", secretariat, edit_pages::addEnclosures, Body::files},
        {get, "/kontor/hoeringer/{id}/bilag/{enclosure}", reader, edit_pages::enclosureFile},
        {post, "/kontor/hoeringer/{id}/bilag/{enclosure}/omdoeb", secretariat, edit_pages::renameEnclosure},
        {post, "/kontor/hoeringer/{id}/bilag/{enclosure}/op", secretariat, edit_pages::moveEnclosureUp},
        {post, "/kontor/hoeringer/{id}/bilag/{enclosure}/fjern", secretariat, edit_pages::removeEnclosure},
        {get, "/kontor/hoeringer/{id}/parter", reader, edit_pages::parties},
        {post, "/kontor/hoeringer/{id}/parter", secretariat, edit_pages::addParty},
        {get, "/kontor/hoeringer/{id}/parter/{party}", secretariat, edit_pages::party},
        {post, "/kontor/hoeringer/{id}/parter/{party}", secretariat, edit_pages::saveParty},
        {post, "/kontor/hoeringer/{id}/parter/{party}/fjern", secretariat, edit_pages::removeParty},
        {post, "/kontor/hoeringer/{id}/kontakter/{contact}/nyt-link", secretariat, office_pages::sendLinkAgain},
        {get, "/kontor/hoeringer/{id}/paamindelser", reader, edit_pages::reminders},
        {post, "/kontor/hoeringer/{id}/paamindelser", secretariat, edit_pages::saveReminders},
        {get, "/kontor/hoeringer/{id}/tjek", secretariat, edit_pages::gate},
        {post, "/kontor/hoeringer/{id}/tjek", secretariat, edit_pages::publish},
        {get, "/kontor/hoeringer/{id}/vis", reader, edit_pages::previewPage},
        {get, "/kontor/hoeringer/{id}/vis/{contact}", reader, edit_pages::previewLetter},
        {get, "/kontor/hoeringer/{id}/vis/{contact}/html", reader, edit_pages::previewLetterHtml},
        {post, "/kontor/hoeringer/{id}/vis/{contact}/proeve", secretariat, edit_pages::testLetter},
        {get, "/kontor/hoeringer/{id}/ordlyd", secretariat, wording_pages::list},
        {get, "/kontor/hoeringer/{id}/ordlyd/{kind}", secretariat, wording_pages::form},
        {post, "/kontor/hoeringer/{id}/ordlyd/{kind}", secretariat, wording_pages::step},
        {get, "/kontor/hoeringer/{id}/handlinger/{act}", secretariat, act_pages::form},
        {post, "/kontor/hoeringer/{id}/handlinger/{act}", secretariat, act_pages::step},
        {get, "/kontor/hoeringer/{id}/svar", reader, office_pages::responses},
        {get, "/kontor/hoeringer/{id}/svar/{response}", reader, office_pages::response},
        {get, "/kontor/hoeringer/{id}/svar/{response}/filer/{file}", reader, office_pages::responseFile},
        {get, "/kontor/hoeringer/{id}/breve", reader, office_pages::letters},
        {get, "/kontor/hoeringer/{id}/journal", reader, office_pages::journal},
        {get, "/kontor/hoeringer/{id}/hoeringsnotat", reader, digest_pages::overview},
        {get, "/kontor/hoeringer/{id}/hoeringsnotat.html", reader, digest_pages::html},
        {get, "/kontor/hoeringer/{id}/hoeringsnotat.pdf", reader, digest_pages::pdf},
        {get, "/kontor/hoeringer/{id}/hoeringsnotat.docx", reader, digest_pages::docx},

        // The office: everything at once
        {get, "/kontor/breve", reader, ledger_pages::letters},
        {get, "/kontor/breve/{letter}", secretariat, ledger_pages::letter},
        {get, "/kontor/breve/{letter}/html", secretariat, ledger_pages::letterHtml},
        {get, "/kontor/journal", reader, ledger_pages::journal},
        {get, "/kontor/brugere", administrator, administration_pages::users},
        {post, "/kontor/brugere", administrator, administration_pages::addUser},
        {post, "/kontor/brugere/{user}/nyt-link", administrator, administration_pages::userPasswordLink},
        {post, "/kontor/brugere/{user}/spaer", administrator, administration_pages::disableUser},
        {post, "/kontor/brugere/{user}/aabn", administrator, administration_pages::enableUser},
        {get, "/kontor/indstillinger", administrator, administration_pages::settings},
    };
    return all;
}

} // namespace hoering::web
