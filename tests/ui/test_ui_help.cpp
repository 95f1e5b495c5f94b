// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QListWidget>
#include <QtTest/QtTest>

#include "core/help/topics.h"
#include "tests/support/test_program.h"
#include "ui/help/help_browser.h"
#include "ui/help/help_window.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/main_window.h"
#include "ui/train/setting_row.h"
#include "ui/train/train_page.h"

using namespace rest::ui;

class TestUiHelp : public QObject {
    Q_OBJECT

    static HelpWindow* open_in(MainWindow& window) {
        Q_EMIT window.menu().manualRequested();
        return window.findChild<HelpWindow*>();
    }

  private Q_SLOTS:
    void everyTopicIsShown() {
        HelpWindow manual;
        for (const auto& topic : rest::help::topics()) {
            manual.open({QString::fromStdString(topic.name), {}});
            QCOMPARE(manual.browser().topic(), QString::fromStdString(topic.name));
            QVERIFY(manual.browser().toPlainText().contains(QString::fromStdString(topic.title)));
            QVERIFY2(manual.topics().currentItem(), topic.name.c_str());
            QCOMPARE(manual.topics().currentItem()->text(), QString::fromStdString(topic.title));
        }
    }

    void searchLeavesPagesThatHaveTheWords() {
        HelpWindow manual;
        manual.open({});
        const int all = manual.topics().count();
        QTest::keyClicks(&manual.search(), QStringLiteral("mcnemar"));
        QCOMPARE(manual.topics().count(), 1);
        manual.topics().setCurrentRow(0);
        QCOMPARE(manual.browser().topic(), QStringLiteral("reports"));
        QVERIFY(!manual.browser().extraSelections().isEmpty());
        manual.search().clear();
        QCOMPARE(manual.topics().count(), all);
        QCOMPARE(manual.browser().topic(), QStringLiteral("reports"));
    }

    void linksLeadToPagesAndBack() {
        HelpWindow manual;
        manual.open({});
        manual.browser().setSource(QUrl(QStringLiteral("models.md")));
        QCOMPARE(manual.browser().topic(), QStringLiteral("models"));
        QVERIFY(manual.browser().toPlainText().contains(QStringLiteral("HF_ENDPOINT")));
        manual.browser().backward();
        QCOMPARE(manual.browser().topic(), QStringLiteral("start"));
    }

    void f1OpensThePageOneIsAt() {
        MainWindow window;
        window.show();
        HelpWindow* manual = open_in(window);
        QVERIFY(manual);
        QCOMPARE(manual->browser().topic(), QStringLiteral("start"));
        window.showPage(MainWindow::Page::models);
        open_in(window);
        QCOMPARE(manual->browser().topic(), QStringLiteral("models"));
    }

    void f1OnASettingShowsIt() {
        QTemporaryDir dir;
        SettingRow row(rest::engine::setting_infos()[0]);
        const HelpTopic topic = helpTopic(row.findChild<QLineEdit*>());
        QCOMPARE(topic.name, QStringLiteral("settings"));
        HelpWindow manual;
        manual.open(topic);
        QVERIFY(manual.browser().textCursor().block().text().startsWith(QStringLiteral("neighbours")));
    }

    void aPageIsSavedAsPdf() {
        QTemporaryDir dir;
        HelpWindow manual;
        manual.open({QStringLiteral("annotators"), {}});
        QString error;
        const QString file = dir.filePath(QStringLiteral("page.pdf"));
        QVERIFY2(writePdf(manual.browser(), file, &error), qPrintable(error));
        QFile pdf(file);
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const QByteArray bytes = pdf.readAll();
        QVERIFY(bytes.startsWith("%PDF"));
        QCOMPARE(bytes.count("/Type /Page\n"), 1);  // for annotators: one sheet
        QVERIFY(!writePdf(manual.browser(), dir.filePath(QStringLiteral("no/page.pdf")), &error));
        QVERIFY(error.contains(QStringLiteral("no/page.pdf")));
    }
};

REST_TEST(TestUiHelp)
#include "test_ui_help.moc"
