#include <SQLiteCpp/Exception.h>

#include "sqlite/connection.h"
#include "sqlite/tx.h"
#include "support.h"

namespace hoering::sqlite {
namespace {

struct AStatement : testing::Test {
    TempFolder folder;
    Connection connection{folder.path / "x.sqlite3", ConnectionKind::writer};
    ReadTx tx{connection};
    AStatement() { connection.execute("CREATE TABLE t(a INTEGER, b TEXT, c TEXT) STRICT"); }
};

TEST_F(AStatement, KeepsEveryKindOfValue) {
    const std::string withNul("a\0b", 3);
    const std::optional<std::int64_t> none;
    tx.sql("INSERT INTO t VALUES (?, ?, ?)").bind(std::int64_t{1} << 60, withNul, std::string_view()).run();
    tx.sql("INSERT INTO t VALUES (?, ?, ?)").bind(none, std::nullopt, "æøå").run();
    tx.sql("INSERT INTO t VALUES (?, ?, ?)")
        .bind(true, std::optional<std::string>("x"), std::string("temporary"))
        .run();
    auto rows = tx.sql("SELECT a, b, c FROM t ORDER BY rowid");
    ASSERT_TRUE(rows.step());
    EXPECT_EQ(rows.integer(0), std::int64_t{1} << 60);
    EXPECT_EQ(rows.text(1), withNul);
    EXPECT_FALSE(rows.isNull(2)); // empty is not NULL
    EXPECT_EQ(rows.text(2), "");
    ASSERT_TRUE(rows.step());
    EXPECT_FALSE(rows.maybeInteger(0));
    EXPECT_FALSE(rows.maybeText(1));
    EXPECT_EQ(rows.textView(2), "æøå");
    ASSERT_TRUE(rows.step());
    EXPECT_TRUE(rows.flag(0));
    EXPECT_EQ(rows.maybeText(1), "x");
    EXPECT_EQ(rows.text(2), "temporary");
    EXPECT_FALSE(rows.step());
}

TEST_F(AStatement, CopiesATemporaryThatIsGoneBeforeTheStep) {
    auto row = tx.sql("SELECT ?");
    row.bind(std::string(100, 'x'));
    const std::string other(100, 'y'); // likely in the freed memory
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.text(0), std::string(100, 'x'));
    EXPECT_EQ(other[0], 'y');
}

TEST_F(AStatement, MayBeUsedInsideItsOwnLoop) {
    for (int i = 0; i < 3; ++i) tx.sql("INSERT INTO t(a) VALUES (?)").bind(i).run();
    int pairs = 0;
    auto outer = tx.sql("SELECT a FROM t");
    while (outer.step()) {
        auto inner = tx.sql("SELECT a FROM t");
        while (inner.step()) ++pairs;
    }
    EXPECT_EQ(pairs, 9);
}

TEST_F(AStatement, IsFoundByItsTextNotByItsAddress) {
    std::string sql = "SELECT 1";
    const auto ask = [&] {
        auto row = tx.sql(sql);
        row.step();
        return row.integer(0);
    };
    EXPECT_EQ(ask(), 1);
    sql[7] = '2'; // same address, same length
    EXPECT_EQ(ask(), 2);
    for (int i = 0; i < 3000; ++i) { // far more texts than are kept
        sql = "SELECT " + std::to_string(i);
        ASSERT_EQ(ask(), i);
    }
}

TEST_F(AStatement, MindsTheNumberOfItsParameters) {
    EXPECT_THROW(tx.sql("SELECT ?, ?").bind(1), std::logic_error);
    EXPECT_THROW(tx.sql("SELECT ?").step(), std::logic_error);
    EXPECT_THROW(tx.sql("SELECT 1").run(), std::logic_error);
    EXPECT_THROW(tx.sql("SELECT 1; SELECT 2"), std::logic_error);
    EXPECT_THROW(tx.sql("SELEKT"), SQLite::Exception);
}

TEST_F(AStatement, CanBeBoundAgain) {
    auto insert = tx.sql("INSERT INTO t(a) VALUES (?)");
    for (int i = 0; i < 5; ++i) insert.bind(i).run();
    auto row = tx.sql("SELECT sum(a) FROM t");
    row.step();
    EXPECT_EQ(row.integer(0), 10);
}

} // namespace
} // namespace hoering::sqlite
