#include "domain/typed_contacts.h"

#include <gtest/gtest.h>

namespace hoering {
namespace {

/// "name|address" for each contact, then "!key: text" for each piece that was refused.
std::string readAs(std::string_view typed) {
    const auto read = contactsFrom(typed);
    std::string out;
    for (const auto& each : read.list) out += (out.empty() ? "" : "; ") + each.name + "|" + each.mail;
    for (const auto& error : read.refused) {
        out += (out.empty() ? "!" : "; !") + error.key;
        for (const auto& [name, value] : error.args) out += ": " + value;
    }
    return out;
}

struct Case {
    const char* typed;
    const char* read;
};

TEST(TypedContacts, EachAddressIsAContactOfItsOwn) {
    for (const auto& [typed, read] : {
             Case{"", ""},
             Case{" \r\n\n", ""},
             Case{"karen@o.dk", "|karen@o.dk"},
             Case{"Karen Holm karen@o.dk", "Karen Holm|karen@o.dk"},
             Case{"Karen Holm\tkaren@o.dk", "Karen Holm|karen@o.dk"}, // from a spreadsheet
             Case{"Karen Holm <karen@o.dk>", "Karen Holm|karen@o.dk"},
             Case{"Karen Holm<karen@o.dk>", "Karen Holm|karen@o.dk"},
             Case{"<karen@o.dk>", "|karen@o.dk"},
             Case{"Karen Holm, karen@o.dk", "Karen Holm|karen@o.dk"}, // as the pages show it
             Case{"Karen Holm; karen@o.dk", "Karen Holm|karen@o.dk"},
             Case{"Karen Holm,karen@o.dk", "Karen Holm|karen@o.dk"},
             Case{"Karen <karen@o.dk>\r\nper@o.dk\n", "Karen|karen@o.dk; |per@o.dk"},
             // Pasted from a mail program.
             Case{"karen@o.dk; per@o.dk", "|karen@o.dk; |per@o.dk"},
             Case{"karen@o.dk;per@o.dk;", "|karen@o.dk; |per@o.dk"},
             Case{"karen@o.dk, per@o.dk", "|karen@o.dk; |per@o.dk"},
             Case{"Karen Holm karen@o.dk; per@o.dk", "Karen Holm|karen@o.dk; |per@o.dk"},
             Case{"Karen Holm <karen@o.dk>; Per Ås <per@o.dk>", "Karen Holm|karen@o.dk; Per Ås|per@o.dk"},
             Case{"Karen Holm <karen@o.dk>, Per Ås <per@o.dk>,", "Karen Holm|karen@o.dk; Per Ås|per@o.dk"},
             Case{"\"Holm, Karen\" <karen@o.dk>; \"Ås, Per\" <per@o.dk>", "Holm, Karen|karen@o.dk; Ås, Per|per@o.dk"},
             Case{"\"Holm, Karen\" <karen@o.dk>, per@o.dk", "Holm, Karen|karen@o.dk; |per@o.dk"},
             Case{"Holm, Karen <karen@o.dk>; Ås, Per <per@o.dk>", "Holm, Karen|karen@o.dk; Ås, Per|per@o.dk"},
             Case{"'Holm, Karen' <karen@o.dk>", "Holm, Karen|karen@o.dk"},
             Case{"\"Rådet; formanden\" <a@b.dk>", "Rådet; formanden|a@b.dk"},
             Case{"\"Holm \\\"K\\\" Karen\" <a@b.dk>", "Holm \"K\" Karen|a@b.dk"},
             Case{"Foreningen \"Havblik\" <a@b.dk>", "Foreningen \"Havblik\"|a@b.dk"},
             Case{"5\" rør <a@b.dk>", "5\" rør|a@b.dk"}, // one quote is a letter like others
             Case{"karen@o.dk <karen@o.dk>", "|karen@o.dk"},
             Case{"'Karen@o.dk' <karen@o.dk>; \"per@o.dk\" <per@o.dk>", "|karen@o.dk; |per@o.dk"},
             Case{"Karen <mailto:karen@o.dk>", "Karen|karen@o.dk"},
             Case{"Karen < karen@o.dk >", "Karen|karen@o.dk"},
             Case{"Rådet <post@rådhus.dk>; b@c.dk", "Rådet|post@xn--rdhus-mra.dk; |b@c.dk"},
         })
        EXPECT_EQ(readAs(typed), read) << typed;
}

TEST(TypedContacts, WhatCannotBeUnderstoodIsRefusedByItsWords) {
    for (const auto& [typed, read] : {
             Case{"Karen karen@o.dk per@o.dk", "!error.contacts.unclear: Karen karen@o.dk per@o.dk"},
             Case{"karen@o.dk per@o.dk", "!error.contacts.unclear: karen@o.dk per@o.dk"},
             Case{"karen@o.dk <per@o.dk>", "!error.contacts.unclear: karen@o.dk <per@o.dk>"},
             Case{"\"karen@o.dk\" <per@o.dk>", "!error.contacts.unclear: \"karen@o.dk\" <per@o.dk>"},
             Case{"Karen <karen@o.dk> Per <per@o.dk>", "!error.contacts.unclear: Karen <karen@o.dk> Per <per@o.dk>"},
             Case{"Karen <karen@o.dk> (formand)", "!error.contacts.unclear: Karen <karen@o.dk> (formand)"},
             Case{"\"Holm, Karen <karen@o.dk>; Per\" <per@o.dk>",
                  "!error.contacts.unclear: \"Holm, Karen <karen@o.dk>; Per\" <per@o.dk>"},
             Case{"Karen <Holm <karen@o.dk>", "!error.contacts.unclear: Karen <Holm <karen@o.dk>"},
             Case{"Karen Holm", "!error.contacts.unclear: Karen Holm"},
             Case{"karen@o.dk Karen Holm", "!error.contacts.unclear: karen@o.dk Karen Holm"},
             Case{"karen@o.dk; Per Ås", "|karen@o.dk; !error.contacts.unclear: Per Ås"},
             Case{"Karen Holm; Per Ås <per@o.dk>", "Per Ås|per@o.dk; !error.contacts.unclear: Karen Holm"},
             Case{"Karen; Per; bo@o.dk", "Per|bo@o.dk; !error.contacts.unclear: Karen"},
             Case{"Karen <karen@o>; per@o.dk", "|per@o.dk; !error.contacts.unclear: Karen <karen@o>"},
             Case{"søren@o.dk, per@o.dk", "|per@o.dk; !error.mail.local_part: søren@o.dk"},
             Case{"\xff@o.dk\nper@o.dk", "|per@o.dk; !error.text.encoding"},
         })
        EXPECT_EQ(readAs(typed), read) << typed;
}

TEST(TypedContacts, AContactTypedAgainIsTheSame) {
    for (const char* name : {"", "Karen Holm", "Holm, Karen", "Rådet; formanden", "\"Havblik\"",
                             "Foreningen \"Havblik\"", "5\" rør", "a <b", "back\\slash; x", "'Holm'", ";", "Karen,"}) {
        const auto read = contactsFrom(typedContact({0, 0, name, "a@b.dk"}) + "\nper@o.dk");
        ASSERT_EQ(read.list.size(), 2u) << name;
        EXPECT_EQ(read.list[0].name, name);
        EXPECT_EQ(read.list[0].mail, "a@b.dk");
    }
    EXPECT_EQ(typedContact({0, 0, "Holm, Karen", "a@b.dk"}), "Holm, Karen <a@b.dk>")
        << "no quotes where none are needed";
}

/// A name that once swallowed an address stands in older drafts: it is asked about when the party is saved.
TEST(TypedContacts, AStoredNameWithAnAddressInItIsRefused) {
    EXPECT_TRUE(contactsFrom(typedContact({0, 0, "karen@o.dk", "per@o.dk"})).list.empty());
}

} // namespace
} // namespace hoering
