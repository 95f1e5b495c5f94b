// SPDX-License-Identifier: GPL-3.0-or-later
// Texts in whatever encoding people's programs wrote them.
#include <QtTest/QtTest>

#include "core/text/file_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::text;

class TestFileText : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void eachLineIsJudgedAlone() {
        // A list of names in UTF-8 to which an old program added one.
        QCOMPARE(file_text("p\xC3\xA9tanque\r\ncaf\xE9\n\xE2\x82\xAC\n"),
                 std::string("p\u00e9tanque\ncaf\u00e9\n\u20ac\n"));
        QCOMPARE(file_text("caf\xE9\rp\xC3\xA9tanque"), std::string("caf\u00e9\np\u00e9tanque"));
        QCOMPARE(file_text("\xE9"), std::string("\u00e9"));
    }

    void behindAMarkNothingElseIsMeant() {
        QCOMPARE(file_text("\xEF\xBB\xBFp\xC3\xA9tanque\ncaf\xE9\n"), std::string("p\u00e9tanque\ncaf\uFFFD\n"));
        QCOMPARE(file_text("\xEF\xBB\xBF"), std::string());
    }

    void aCutCharacterIsDropped() {
        for (const std::string whole : {"\u00e9", "\u20ac", "\U0001F3CA", "a"}) {
            for (size_t kept = 1; kept < whole.size(); ++kept)
                QCOMPARE(without_cut_character("boule " + whole.substr(0, kept)), std::string_view("boule "));
            const std::string text = "boule " + whole;
            QCOMPARE(without_cut_character(text), std::string_view(text));
        }
        QCOMPARE(without_cut_character(""), std::string_view());
        // No UTF-8: what ends an 8-bit text may be a letter.
        QCOMPARE(without_cut_character("na\xEFve"), std::string_view("na\xEFve"));
        QCOMPARE(without_cut_character("\xA9\xA9\xA9\xA9\xA9"), std::string_view("\xA9\xA9\xA9\xA9\xA9"));
    }
};

REST_TEST(TestFileText)
#include "test_file_text.moc"
