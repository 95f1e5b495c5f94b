// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/help/plain_text.h"
#include "tests/support/test_program.h"

using namespace rest;

class TestPlainText : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void marksGoAndWordsStay_data() {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QString>("text");
        QTest::newRow("strong") << "press **Check**, then"
                                << "press Check, then\n";
        QTest::newRow("emphasis") << "the preset *paper* or *demo*"
                                  << "the preset paper or demo\n";
        QTest::newRow("code") << "`train/*.mp4` and `a**b`"
                              << "train/*.mp4 and a**b\n";
        QTest::newRow("stars that are none") << "3 * 4 and *.mp4"
                                             << "3 * 4 and *.mp4\n";
        QTest::newRow("link") << "see [All settings](settings.md)."
                              << "see All settings.\n";
        QTest::newRow("brackets that are no link") << "the list W[i] (Eq. 6)"
                                                   << "the list W[i] (Eq. 6)\n";
        QTest::newRow("title") << "# Your own *videos*"
                               << "Your own videos\n===============\n";
        QTest::newRow("section") << "## Keys"
                                 << "Keys\n----\n";
        QTest::newRow("title in Chinese") << QString::fromUtf8("# 按键") << QString::fromUtf8("按键\n====\n");
        QTest::newRow("command") << "    rest init *my*"
                                 << "    rest init *my*\n";
        QTest::newRow("table") << "| Key | |\n|---|---|\n| **Y** | yes |\n| Backspace | back |\nend"
                               << "  Key\n  Y          yes\n  Backspace  back\nend\n";
        QTest::newRow("table without a header") << "| | |\n|---|---|\n| a | b |"
                                                << "  a  b\n";
        QTest::newRow("nothing") << ""
                                 << "";
    }

    void marksGoAndWordsStay() {
        QFETCH(QString, markdown);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(help::plain_text(markdown.toStdString())), text);
    }
};

REST_TEST(TestPlainText)
#include "test_plain_text.moc"
