// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/base/spreadsheet.h"
#include "tests/support/test_program.h"

using namespace rest;

namespace {

const std::vector<std::string> kFormulas = {"=HYPERLINK(\"http://a.example\",\"x\")",
                                            "=1+1",
                                            "+1",
                                            "-1+1|cmd",
                                            "-_0l35AkU34_000062_000072",
                                            "@SUM(A1)",
                                            "=",
                                            "-",
                                            "\t=1",
                                            "\ttext",
                                            "\rtext",
                                            "\n=1",
                                            " =1",
                                            "   @x",
                                            "\xC2\xA0=1",
                                            "\xE3\x80\x80-1",
                                            "\xEF\xBB\xBF=1",
                                            "\xE2\x80\x8B=1",
                                            "\xEF\xBC\x9D"
                                            "1",
                                            "\xEF\xBC\x8B"
                                            "1",
                                            "\xEF\xBC\x8D"
                                            "1",
                                            "\xEF\xBC\xA0"
                                            "A1",
                                            " \xEF\xBC\x9D"
                                            "1",
                                            "\xE2\x88\x92"
                                            "1"};
const std::vector<std::string> kTexts = {"",
                                         "a",
                                         "rowing",
                                         "a = b",
                                         "x-ray",
                                         "a@b.example",
                                         "'",
                                         "''",
                                         "'quoted'",
                                         " ",
                                         "3",
                                         "0.5",
                                         "\xE6\xBC\x95\xE8\x89\x87",
                                         "\xE2\x80\xA6",
                                         "\xE2\x80"};

}  // namespace

class TestSpreadsheet : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void formulasAreMarkedAndTextsAreNot() {
        for (const auto& text : kFormulas) QCOMPARE(spreadsheet_text(text), "'" + text);
        for (const auto& text : kTexts) QCOMPARE(spreadsheet_text(text), text);
    }

    void everyTextComesBack() {
        for (const auto* texts : {&kFormulas, &kTexts}) {
            for (const auto& text : *texts) {
                // Texts that already begin with apostrophes keep them.
                for (const std::string before : {"", "'", "''"}) {
                    const auto whole = before + text;
                    QCOMPARE(std::string(without_spreadsheet_mark(spreadsheet_text(whole))), whole);
                }
            }
        }
        // Files from elsewhere are read unchanged.
        for (const std::string text : {"'", "'quoted' words", "'tis", "'3"})
            QCOMPARE(std::string(without_spreadsheet_mark(text)), text);
    }

    void fields() {
        QCOMPARE(csv_field("-0.5"), std::string("-0.5"));
        QCOMPARE(csv_field("a,b"), std::string("\"a,b\""));
        QCOMPARE(csv_field("a;=b"), std::string("\"a;=b\""));
        QCOMPARE(csv_field(" a"), std::string("\" a\""));
        QCOMPARE(csv_text("=A1&\"x\""), std::string("\"'=A1&\"\"x\"\"\""));
        QCOMPARE(csv_text("-id"), std::string("'-id"));
        QCOMPARE(tsv_text("a\t=b\nc"), std::string("a =b c"));
        QCOMPARE(tsv_text("\t=b"), std::string("' =b"));
    }
};

REST_TEST(TestSpreadsheet)
#include "test_spreadsheet.moc"
