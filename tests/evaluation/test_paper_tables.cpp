// SPDX-License-Identifier: GPL-3.0-or-later
// The figures below were taken from the paper again, not from our file.
#include <QtTest/QtTest>
#include <map>

#include "core/base/error.h"
#include "core/evaluation/tables/paper_tables.h"
#include "tests/dataset/made_folder.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;

namespace {

std::filesystem::path shipped_tables() {
    return test::source_dir() / "resources/paper/tables.json";
}

double sum_of(const PaperTable& table, size_t column) {
    double sum = 0;
    for (const auto& row : table.rows) sum += row.cells[column].value.value_or(0);
    return sum;
}

bool near(double a, double b) {
    return std::abs(a - b) < 1e-9;
}

}  // namespace

class TestPaperTables : public QObject {
    Q_OBJECT

    std::vector<PaperTable> tables_ = load_paper_tables(shipped_tables());
    const PaperTable& table(std::string_view id) const { return paper_table(tables_, id); }

  private Q_SLOTS:
    void everyTableHasItsRows() {
        const std::map<std::string, size_t> rows = {{"1", 2}, {"2", 6}, {"3", 15},      {"4", 6},
                                                    {"5", 3}, {"6", 6}, {"7a", 1},      {"7b", 1},
                                                    {"8", 6}, {"9", 2}, {"sec-5.3", 2}, {"sec-4", 3}};
        QCOMPARE(tables_.size(), rows.size());
        for (const auto& [id, count] : rows) {
            QCOMPARE(table(id).rows.size(), count);
            QVERIFY(!table(id).caption.empty() && !table(id).source.empty());
        }
    }

    void columnSums() {
        QVERIFY(near(sum_of(table("2"), 2), 53.6 + 47.3 + 23.5 + 76.9 + 83.8 + 63.9));
        QVERIFY(near(sum_of(table("2"), 3), 79.9 + 66.1 + 41.7 + 93.5 + 96.7 + 81.0));
        QVERIFY(near(sum_of(table("3"), 1), 32.7 + 23.2 + 35.3 + 46.2 + 31.0 + 40.8 + 21.4 + 27.8 + 40.2 + 37.7 + 40.4 +
                                                41.1 + 44.6 + 48.4 + 49.7));
        QVERIFY(near(sum_of(table("3"), 2), 48 + 34.2 + 51.8 + 73.0 + 60.9 + 58.3 + 27.8 + 45.9 + 68.3 + 53.1 + 60.9 +
                                                58.7 + 72 + 73.2 + 69.1));
        QVERIFY(near(sum_of(table("4"), 1), 23.6 + 22.3 + 42.1 + 65.2 + 68.8 + 51.7));
        QVERIFY(near(sum_of(table("4"), 2), 49.5 + 49.7 + 73.1 + 86.1 + 88.4 + 75.2));
        QVERIFY(near(sum_of(table("5"), 1), 47.03 + 14.76 + 29.51));
        QVERIFY(near(sum_of(table("8"), 3), 6 + 33 + 11));
    }

    void numbersWithAndWithoutDeviation() {
        const auto& ours = table("3").ours();
        QCOMPARE(ours.cells[0].text, std::string("REST (Ours)"));
        QVERIFY(!ours.cells[0].value);
        QCOMPARE(*ours.cells[1].value, 49.7);
        QCOMPARE(*ours.cells[1].deviation, 1.14);
        QCOMPARE(ours.cells[1].decimals, 1);
        QCOMPARE(ours.cells[1].deviation_decimals, 2);
        QCOMPARE(ours.group, std::string("Generative approaches"));
        const auto& clip = table("3").rows[3];
        QCOMPARE(*clip.cells[1].value, 46.2);
        QVERIFY(!clip.cells[1].deviation);
        QVERIFY(!table("8").rows[0].cells[3].value);  // printed as "-"
        QCOMPARE(*table("1").rows[0].cells[2].value, 0.76);
    }

    void columnsByName() {
        const auto& few = table("6");
        const auto ours = few.ours();
        QCOMPARE(*ours.cells[few.column("16", "HMDB-51")].value, 64.0);
        QCOMPARE(*ours.cells[few.column("2", "UCF-101")].value, 88.2);
        QCOMPARE(*ours.cells[few.column("16", "UCF-101")].value, 93.5);
        QCOMPARE(*table("7a").ours().cells[table("7a").column("K = 3")].value, 63.93);
        QCOMPARE(*table("7b").ours().cells[table("7b").column("N_I = 4")].value, 63.95);
        QCOMPARE(*table("9").ours().cells[2].value, 81.04);
        QVERIFY_EXCEPTION_THROWN(few.column("32"), Error);
        QVERIFY_EXCEPTION_THROWN(table("11"), Error);
    }

    void brokenFilesAreNamed() {
        test::MadeFolder folder;
        const auto refused = [&](const std::string& content) {
            try {
                load_paper_tables(folder.file("tables.json", content));
            } catch (const Error& e) {
                return std::string(e.what());
            }
            return std::string();
        };
        const std::string head = R"({"tables": [{"id": "1", "caption": "", "source": "", "columns": ["a"], "rows": )";
        QVERIFY(refused("{").find("tables.json") != std::string::npos);
        QVERIFY(refused(head + R"([{"cells": ["x", "y"], "ours": true}]}]})").find("2 cells") != std::string::npos);
        QVERIFY(refused(head + R"([{"cells": ["x"]}]}]})").find("0 rows") != std::string::npos);
        QCOMPARE(refused(head + R"([{"cells": ["x"], "ours": true}]}]})"), std::string());
    }
};

REST_TEST(TestPaperTables)
#include "test_paper_tables.moc"
