// Every handler's name, by the file it lives in; routes.cpp gives each its address and access.
// Not here: addresses (routes.cpp), what a handler is given (desk.h).
#pragma once

#include "http/reply.h"

namespace hoering::web {

class Desk;

namespace public_pages { // public_pages.cpp
http::Reply start(Desk&);
http::Reply consultation(Desk&);
http::Reply calendar(Desk&);
http::Reply enclosure(Desk&);
} // namespace public_pages

namespace service_pages { // service_pages.cpp: about, privacy, cookies, receipts, language, health, metrics
http::Reply about(Desk&);
http::Reply privacy(Desk&);
http::Reply cookies(Desk&);
http::Reply accessibility(Desk&);
http::Reply receipt(Desk&);
http::Reply chooseLanguage(Desk&);
http::Reply health(Desk&);
http::Reply metrics(Desk&);
} // namespace service_pages

namespace link_pages { // link_pages.cpp: before a party is in
http::Reply look(Desk&);
http::Reply open(Desk&);
http::Reply sendAgain(Desk&);
} // namespace link_pages

namespace answer_pages { // answer_pages.cpp (overview, read), writing_pages.cpp, check_pages.cpp, receipt_pages.cpp,
                         // together_pages.cpp, withdraw_pages.cpp
http::Reply overview(Desk&);
http::Reply material(Desk&);
http::Reply calendar(Desk&);
http::Reply enclosure(Desk&);
http::Reply write(Desk&);
http::Reply save(Desk&);
http::Reply autosave(Desk&);
http::Reply attach(Desk&);
http::Reply removeFile(Desk&);
http::Reply draftFile(Desk&);
http::Reply check(Desk&);
http::Reply submit(Desk&);
http::Reply noRemarks(Desk&);
http::Reply submitNoRemarks(Desk&);
http::Reply declined(Desk&);
http::Reply submitDeclined(Desk&);
http::Reply correct(Desk&);
http::Reply withdrawal(Desk&); // withdraw_pages.cpp
http::Reply withdraw(Desk&);
http::Reply withdrawn(Desk&);
http::Reply receipt(Desk&);
http::Reply receiptPdf(Desk&);
http::Reply extension(Desk&); // extension_pages.cpp
http::Reply askExtension(Desk&);
http::Reply together(Desk&);
http::Reply joinOther(Desk&);
http::Reply leaveOther(Desk&);
http::Reply leave(Desk&);
} // namespace answer_pages

namespace sign_in_pages { // sign_in_pages.cpp
http::Reply form(Desk&);
http::Reply signIn(Desk&);
http::Reply signOut(Desk&);
http::Reply choosePasswordForm(Desk&);
http::Reply choosePassword(Desk&);
} // namespace sign_in_pages

namespace code_pages { // code_pages.cpp: the code after the password
http::Reply form(Desk&);
http::Reply signIn(Desk&);
http::Reply recoveryForm(Desk&);
http::Reply recoverySignIn(Desk&);
} // namespace code_pages

namespace office_pages { // office_pages.cpp: today, and one consultation's tabs
http::Reply today(Desk&);
http::Reply overview(Desk&);
http::Reply responses(Desk&);
http::Reply response(Desk&);
http::Reply responseFile(Desk&);
http::Reply letters(Desk&);
http::Reply journal(Desk&);
} // namespace office_pages

namespace edit_pages { // edit_pages.cpp, party_pages.cpp, enclosure_pages.cpp, delete_pages.cpp: a draft being written
http::Reply newForm(Desk&);
http::Reply create(Desk&);
http::Reply facts(Desk&);
http::Reply saveFacts(Desk&);
http::Reply deleteForm(Desk&);
http::Reply deleteDraft(Desk&);
http::Reply enclosures(Desk&);
http::Reply addEnclosures(Desk&);
http::Reply removeEnclosure(Desk&);
http::Reply moveEnclosureUp(Desk&);
http::Reply enclosureFile(Desk&);
http::Reply parties(Desk&);
http::Reply addParty(Desk&);
http::Reply party(Desk&);
http::Reply saveParty(Desk&);
http::Reply removeParty(Desk&);
http::Reply reminders(Desk&);
http::Reply saveReminders(Desk&);
http::Reply adjustForm(Desk&); // adjust_pages.cpp
http::Reply adjust(Desk&);
http::Reply restoreForm(Desk&); // restore_pages.cpp
http::Reply restore(Desk&);
http::Reply gate(Desk&);
http::Reply publish(Desk&);
http::Reply previewPage(Desk&);
http::Reply previewLetter(Desk&);
http::Reply previewLetterHtml(Desk&);
http::Reply testLetter(Desk&);
} // namespace edit_pages

namespace wording_pages { // wording_pages.cpp: the words of a consultation's letters
http::Reply list(Desk&);
http::Reply form(Desk&);
http::Reply step(Desk&);
} // namespace wording_pages

namespace act_pages { // act_pages.cpp: form, preview and confirmation of every act
http::Reply form(Desk&);
http::Reply step(Desk&);
} // namespace act_pages

namespace digest_pages { // digest_pages.cpp
http::Reply overview(Desk&);
http::Reply html(Desk&);
http::Reply pdf(Desk&);
http::Reply docx(Desk&);
} // namespace digest_pages

namespace ledger_pages { // ledger_pages.cpp: all letters, a party's, one letter, the whole journal; upcoming_pages.cpp
http::Reply letters(Desk&);
http::Reply upcoming(Desk&);
http::Reply party(Desk&);
http::Reply letter(Desk&);
http::Reply letterHtml(Desk&);
http::Reply journal(Desk&);
} // namespace ledger_pages

namespace my_pages { // my_pages.cpp: what a colleague chooses for itself
http::Reply form(Desk&);
http::Reply save(Desk&);
} // namespace my_pages

namespace two_steps_pages { // two_steps_pages.cpp: its second step of signing in
http::Reply form(Desk&);
http::Reply begin(Desk&);
http::Reply app(Desk&);
http::Reply confirm(Desk&);
http::Reply moveForm(Desk&);
http::Reply move(Desk&);
http::Reply codesForm(Desk&);
http::Reply codes(Desk&);
http::Reply offForm(Desk&);
http::Reply off(Desk&);
} // namespace two_steps_pages

namespace letter_acts { // letter_acts_pages.cpp: sending again, taking back, another address
http::Reply againForm(Desk&);
http::Reply again(Desk&);
http::Reply cancelForm(Desk&);
http::Reply cancel(Desk&);
http::Reply addressForm(Desk&);
http::Reply address(Desk&);
} // namespace letter_acts

namespace release_pages { // release_pages.cpp: acts that wait for a second person
http::Reply list(Desk&);
http::Reply one(Desk&);
http::Reply decide(Desk&);
} // namespace release_pages

namespace proof_pages { // proof_pages.cpp: the proof of dispatch
http::Reply pdf(Desk&);
} // namespace proof_pages

namespace administration_pages { // administration_pages.cpp
http::Reply users(Desk&);
http::Reply addUser(Desk&);
http::Reply userPasswordLink(Desk&);
http::Reply disableUser(Desk&);
http::Reply enableUser(Desk&);
http::Reply resetForm(Desk&); // reset_pages.cpp
http::Reply reset(Desk&);
http::Reply settings(Desk&);
} // namespace administration_pages

} // namespace hoering::web
