#include <gmock/gmock.h>

#include "common/id.h"
#include "sqlite/drafts.h"
#include "sqlite/files.h"
#include "sqlite/parties.h"
#include "sqlite/responses.h"
#include "support/world.h"
#include "usecases/close_consultation.h"
#include "usecases/save_draft.h"
#include "usecases/submit_response.h"

namespace hoering {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

struct SubmitResponse : ::testing::Test {
    testing::World world;
    std::int64_t consultation =
        world.consultation().openUntil("2026-12-01").with("LokalMED").with("Politiet", PartyRole::informed).publish();
    PartyVisit visit = world.visit(consultation);

    SubmitInput input(std::string text) {
        SubmitInput made;
        made.text = std::move(text);
        made.key = newKey();
        made.received = world.now().instant;
        return made;
    }
    Result<Response> submit(const SubmitInput& input) {
        return world.answer(world.database.write([&](sqlite::Tx& tx) { return submitResponse(tx, visit, input); }));
    }
};

TEST_F(SubmitResponse, IsStoredJournalledAndItsReceiptQueuedInOneTransaction) {
    const auto commitsBefore = world.database.counters().commits;
    const auto response = submit(input("Vi støtter model 2."));
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(world.database.counters().commits, commitsBefore + 1);
    EXPECT_EQ(response->version, 1);
    EXPECT_FALSE(response->late);
    EXPECT_EQ(response->checksum, responseChecksum(ResponseKind::remarks, "Vi støtter model 2.", {}));
    EXPECT_EQ(world.acts().back(), "response.submitted");
    EXPECT_EQ(world.count("queued_receipts"), 1);
    const Letter receipt = world.letters().back();
    EXPECT_EQ(receipt.kind, LetterKind::receipt);
    EXPECT_EQ(receipt.toMail, "kontakt@part1.example");
    EXPECT_THAT(receipt.text, HasSubstr(response->receipt));
    EXPECT_THAT(receipt.text, HasSubstr(response->checksum));
}

/// What was prepared before another transaction came in between must be judged anew.
struct SubmitPrepared : SubmitResponse {
    Result<PreparedResponse> prepare(const SubmitInput& form) {
        const auto draft =
            world.database.read([&](sqlite::ReadTx& tx) { return sqlite::findDraft(tx, visit.party.id); });
        return prepareResponse(visit, draft, form);
    }
    Result<Response> submitAs(const SubmitInput& form, const PreparedResponse& prepared) {
        return world.answer(
            world.database.write([&](sqlite::Tx& tx) { return submitResponse(tx, visit, form, &prepared); }));
    }
};

TEST_F(SubmitPrepared, IsStoredAsItWasMade) {
    const auto form = input("Forberedt.");
    auto prepared = prepare(form);
    ASSERT_TRUE(prepared.ok());
    const std::string receipt = prepared->response.receipt;
    const auto response = submitAs(form, *prepared);
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(response->receipt, receipt); // and not made a second time
    EXPECT_THAT(world.letters().back().text, HasSubstr(receipt));
}

TEST_F(SubmitPrepared, IsWholeAgainWhenItsTransactionWasTakenBack) {
    const auto form = input("To gange.");
    auto prepared = prepare(form);
    EXPECT_THROW(world.database.write([&](sqlite::Tx& tx) {
        EXPECT_TRUE(submitResponse(tx, visit, form, &*prepared).ok());
        throw std::runtime_error("another one's trouble");
    }),
                 std::runtime_error);
    const auto response = submitAs(form, *prepared);
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(response->text, "To gange.");
    EXPECT_EQ(response->receipt, prepared->response.receipt);
    EXPECT_THAT(world.letters().back().text, HasSubstr(response->receipt));
}

TEST_F(SubmitPrepared, IsRefusedWhenTheConsultationClosedMeanwhile) {
    world.at("2026-12-01 23:59:59");
    auto form = input("For sent?");
    auto prepared = prepare(form);
    ASSERT_TRUE(prepared.ok());
    world.at("2026-12-02 00:00:01");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    world.database.write([&](sqlite::Tx& tx) {
        tx.housekeeping("a test: it had been closed before the answer came");
        tx.sql("UPDATE consultations SET closed_at = 0, deadline_local = '2026-11-30', deadline_at = 0").run();
    });
    const auto refused = submitAs(form, *prepared);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().key, "error.consultation.closed_early");
    EXPECT_EQ(world.count("responses"), 0);
}

TEST_F(SubmitPrepared, IsTheNextVersionWhenAnotherAnswerCameMeanwhile) {
    const auto form = input("Anden.");
    auto prepared = prepare(form);
    ASSERT_TRUE(submit(input("Første.")).ok());
    const auto second = submitAs(form, *prepared);
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(second->version, 2);
}

TEST_F(SubmitPrepared, IsRefusedWhenTheDraftChangedMeanwhile) {
    const auto form = input("Sendt.");
    auto prepared = prepare(form);
    ASSERT_TRUE(world.database.write([&](sqlite::Tx& tx) {
                                  return saveDraft(tx, visit, {"En kollega skriver.", 0});
                              })
                    .ok());
    const auto refused = submitAs(form, *prepared);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().key, "error.draft.changed");
}

TEST_F(SubmitPrepared, SpeaksForItselfWhenItsAnswerWasJoinedToAnothersMeanwhile) {
    const auto form = input("Vores egen.");
    auto prepared = prepare(form);
    const auto other = world.visit(consultation, 1).party.id;
    world.database.write([&](sqlite::Tx& tx) {
        tx.housekeeping("a test: the other has answered for both");
        sqlite::setJointWith(tx, visit.party.id, other);
    });
    ASSERT_TRUE(submitAs(form, *prepared).ok());
    EXPECT_EQ(world.visit(consultation).party.jointWith, std::nullopt);
}

TEST_F(SubmitResponse, TheSameFormTwiceIsOneAnswerAndOneReceipt) {
    const auto form = input("Én gang er nok.");
    const auto first = submit(form), second = submit(form);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->id, second->id);
    EXPECT_EQ(world.count("responses"), 1);
    EXPECT_EQ(world.letters().size(), 3u); // two invitations, one receipt
}

TEST_F(SubmitResponse, AnotherPartyCannotUseTheSameKey) {
    const auto form = input("Mit.");
    ASSERT_TRUE(submit(form).ok());
    visit = world.visit(consultation, 1);
    const auto other = submit(form);
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().kind, ErrorKind::conflict);
}

TEST_F(SubmitResponse, ACorrectionIsANewVersionAndTheOldOneStays) {
    ASSERT_TRUE(submit(input("Første.")).ok());
    const auto second = submit(input("Anden."));
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(second->version, 2);
    const auto all =
        world.database.read([&](sqlite::ReadTx& tx) { return sqlite::versionsOfParty(tx, visit.party.id); });
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].text, "Første.");
    EXPECT_EQ(all[1].text, "Anden.");
}

TEST_F(SubmitResponse, StoredAnswersCannotBeChangedOrDeleted) {
    ASSERT_TRUE(submit(input("Fast.")).ok());
    for (const char* sql : {"UPDATE responses SET text = 'x'", "DELETE FROM responses"})
        EXPECT_ANY_THROW(world.database.write([&](sqlite::Tx& tx) {
            tx.housekeeping("tries what must not work");
            tx.sql(sql).run();
        })) << sql;
    EXPECT_EQ(world.count("responses"), 1);
}

TEST_F(SubmitResponse, IsInTimeInTheLastSecondAndRefusedInTheFirstAfter) {
    world.at("2026-12-01 23:59:59");
    EXPECT_TRUE(submit(input("Lige i tide.")).ok());
    world.at("2026-12-02 00:00:00");
    const auto late = submit(input("For sent."));
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(late.error().kind, ErrorKind::closed);
    EXPECT_EQ(late.error().key, "error.deadline.over");
    EXPECT_EQ(world.count("responses"), 1);
}

TEST_F(SubmitResponse, CountsWhenItWasReceivedNotWhenItIsStored) {
    world.at("2026-12-01 23:59:59");
    const auto form = input("Modtaget i tide.");
    world.at("2026-12-02 00:00:03");
    world.database.write([](sqlite::Tx& tx) { return closeDueConsultations(tx); });
    ASSERT_EQ(world.find(consultation).state, ConsultationState::closed);
    const auto response = submit(form);
    ASSERT_TRUE(response.ok());
    EXPECT_FALSE(response->late);
}

TEST_F(SubmitResponse, IsMarkedLateWhereTheSecretariatAllowsIt) {
    consultation = world.consultation()
                       .titled("Med plads til sene svar")
                       .openUntil("2026-12-01")
                       .acceptingLate()
                       .with("Rådet")
                       .publish();
    visit = world.visit(consultation);
    world.at("2026-12-03 10:00");
    const auto response = submit(input("Vi nåede det ikke."));
    ASSERT_TRUE(response.ok());
    EXPECT_TRUE(response->late);
    EXPECT_THAT(world.letters().back().text, HasSubstr("efter fristen"));
}

TEST_F(SubmitResponse, NamesAMissingText) {
    const auto refused = submit(input("  \n "));
    ASSERT_FALSE(refused.ok());
    ASSERT_EQ(refused.error().fields.size(), 1u);
    EXPECT_EQ(refused.error().fields[0].key, "error.text.missing");
    EXPECT_EQ(world.count("responses"), 0);
}

TEST_F(SubmitResponse, RefusesBrokenUtf8AndTextsOverTheLimit) {
    EXPECT_EQ(submit(input("br\xC3")).error().fields.at(0).key, "error.text.encoding");
    EXPECT_EQ(submit(input(std::string(longestResponse + 1, 'a'))).error().fields.at(0).key, "error.text.too_long");
    EXPECT_EQ(world.count("responses"), 0);
}

TEST_F(SubmitResponse, TakesTheDraftsFilesAndDropsTheDraft) {
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) {
        StoredFile file{0, std::string(64, 'a'), "bilag.pdf", "application/pdf", 10, 1};
        return attachFile(tx, world.office, visit, file);
    }));
    auto form = input("");
    form.draftVersion = 2; // begun, then a file
    const auto response = submit(form);
    ASSERT_TRUE(response.ok());
    ASSERT_EQ(response->files.size(), 1u);
    EXPECT_EQ(response->files[0].name, "bilag.pdf");
    EXPECT_EQ(world.count("drafts"), 0);
    EXPECT_THAT(world.letters().back().text, HasSubstr("bilag.pdf"));
}

TEST_F(SubmitResponse, IsRefusedWhenAColleagueChangedTheDraftMeanwhile) {
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) { return saveDraft(tx, visit, {"Vores fælles tekst", 0}); }));
    auto form = input("Vores fælles tekst");
    form.draftVersion = 1;
    EXPECT_TRUE(world.database.write([&](sqlite::Tx& tx) { return saveDraft(tx, visit, {"Kollegaens rettelse", 1}); }));
    const auto refused = submit(form);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_EQ(world.count("drafts"), 1);
}

TEST_F(SubmitResponse, IsRefusedWhenAFileCameThatWasNotShown) {
    ASSERT_TRUE(world.database.write([&](sqlite::Tx& tx) { return saveDraft(tx, visit, {"Tekst", 0}); }).ok());
    auto form = input("Tekst");
    form.draftVersion = 1;
    ASSERT_TRUE(world.database
                    .write([&](sqlite::Tx& tx) {
                        return attachFile(tx, world.office, visit,
                                          {0, std::string(64, 'a'), "kollegas.pdf", "application/pdf", 10, 1});
                    })
                    .ok());
    EXPECT_EQ(submit(form).error().key, "error.draft.changed");
}

TEST_F(SubmitResponse, NoRemarksIsAnAnswerOfItsOwn) {
    auto form = input("");
    form.kind = ResponseKind::noRemarks;
    const auto response = submit(form);
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(response->kind, ResponseKind::noRemarks);
    EXPECT_EQ(world.acts().back(), "response.no_remarks");
    EXPECT_EQ(world.letters().back().kind, LetterKind::noRemarksReceipt);
}

TEST_F(SubmitResponse, TheJournalHoldsNoWordOfTheAnswer) {
    ASSERT_TRUE(submit(input("Et hemmeligt kodeord: blåbærgrød")).ok());
    const auto verdict = world.database.read([](sqlite::ReadTx& tx) {
        auto row = tx.sql("SELECT count(*) FROM journal WHERE details LIKE '%blåbærgrød%'");
        row.step();
        return row.integer(0);
    });
    EXPECT_EQ(verdict, 0);
}

TEST_F(SubmitResponse, KeepsWhatIsTypedWordForWord) {
    const std::string text = "Linje 1\n\n  indrykket\t<b>&amp;</b> «æøå» 👍\nslut";
    ASSERT_EQ(submit(input(text))->text, text);
}

} // namespace
} // namespace hoering
