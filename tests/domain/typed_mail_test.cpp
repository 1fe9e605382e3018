#include "domain/typed_mail.h"

#include <gtest/gtest.h>

namespace hoering {
namespace {

std::string keyOf(std::string_view typed) {
    const auto address = mailAddressFrom(typed);
    return address ? "no error: " + *address : address.error().key;
}

// The A-labels are those of another codec, that of Python (str.encode "idna").
TEST(TypedMail, ADomainWithDanishLettersTravelsAsALabels) {
    EXPECT_EQ(*mailAddressFrom("post@rådhus.dk"), "post@xn--rdhus-mra.dk");
    EXPECT_EQ(*mailAddressFrom(" Post@RÅDHUS.dk\n"), "Post@xn--rdhus-mra.dk");
    EXPECT_EQ(*mailAddressFrom("post@ra\u030Adhus.dk"), "post@xn--rdhus-mra.dk"); // a and a ring, as macOS types it
    EXPECT_EQ(*mailAddressFrom("post@børn.æblegården.example"), "post@xn--brn-0na.xn--blegrden-d0af.example");
    EXPECT_EQ(*mailAddressFrom("post@xn--rdhus-mra.dk"), "post@xn--rdhus-mra.dk");
    EXPECT_EQ(*mailAddressFrom("post@stra\u00DFe.example"), "post@xn--strae-oqa.example"); // nontransitional: not "ss"
    EXPECT_EQ(*mailAddressFrom("post@r\u00ADådhus\u3002dk"), "post@xn--rdhus-mra.dk"); // pasted soft hyphen, wide dot
}

TEST(TypedMail, AnAsciiAddressStaysAsItWasTyped) {
    for (const char* address : {"a@b.dk", "First.Last+tag@Sub.Example.DK", "o'neil_x=y@example.dk"})
        EXPECT_EQ(*mailAddressFrom(address), address);
}

TEST(TypedMail, LettersOutsideAsciiBeforeTheAtAreRefusedByName) {
    EXPECT_EQ(keyOf("søren@example.dk"), "error.mail.local_part");
    EXPECT_EQ(keyOf("søren@rådhus.dk"), "error.mail.local_part");
    EXPECT_EQ(keyOf("\u202Epost@example.dk"), "error.mail.local_part");
    const auto error = mailAddressFrom("søren@example.dk").error();
    ASSERT_EQ(error.args.size(), 1u);
    EXPECT_EQ(error.args[0].second, "søren@example.dk");
}

TEST(TypedMail, WhatIsNoAddressIsRefused) {
    for (const char* typed : {"", "   ", "post", "@rådhus.dk", "post@", "post@rådhus", "post@råd hus.dk",
                              "post@rådhus..dk", "post@-rådhus.dk", "a b@rådhus.dk", "a@b@rådhus.dk",
                              "post@xn--\xC3\xA5.dk", "post@xn--a.dk", "post@råd_hus.dk", "post@r\xC3.dk",
                              "post@rådhus.dk>", "post@rådhus.dk\r\nRCPT TO:<x@y.dk>", "søren@", "post@\u05D0a.dk"})
        EXPECT_EQ(keyOf(typed), "error.mail.address") << typed;
    EXPECT_EQ(keyOf("post@" + std::string(100'000, 'a') + "å.dk"), "error.mail.address");
    EXPECT_EQ(keyOf("post@" + std::string(70, 'a') + "å.dk"), "error.mail.address"); // a label is at most 63 long
}

TEST(TypedMail, WhoeverSignsInMayTypeItEitherWay) {
    EXPECT_EQ(mailAsStored(" anne@rådhus.dk"), mailAsStored("anne@xn--rdhus-mra.dk "));
    EXPECT_EQ(mailAsStored(" no address "), "no address");
}

} // namespace
} // namespace hoering
