// SPDX-License-Identifier: GPL-3.0-or-later
// A text that is too long for its place ends in dots, and is there as a whole in the tooltip.
#include <QHelpEvent>
#include <QStandardPaths>
#include <QToolTip>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/waiting_job.h"
#include "ui/controls/elided.h"
#include "ui/session/engine_client.h"
#include "ui/shell/job_strip.h"
#include "ui/shell/main_window.h"

using namespace rest;
using namespace rest::ui;

class TestUiElided : public QObject {
    Q_OBJECT

    const QString long_ = QStringLiteral("Train: REST, H = 16, K = 3, 15 epochs, seed 1 (1 more waiting)");

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void aLabel() {
        ElidedLabel label(long_);
        label.resize(1000, 30);
        label.show();
        QCOMPARE(label.shownText(), long_);
        label.resize(150, 30);
        QVERIFY(label.shownText().endsWith(QChar(0x2026)));
        QVERIFY(label.fontMetrics().horizontalAdvance(label.shownText()) <= label.width());
        QCOMPARE(label.text(), long_);
        QHelpEvent help(QEvent::ToolTip, {5, 5}, label.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&label, &help);
        QCOMPARE(QToolTip::text(), long_);
        QVERIFY(label.minimumSizeHint().width() < 100);
        // What is drawn is the short text: nothing of the letters that were cut.
        ElidedLabel same(label.shownText());
        same.resize(150, 30);
        QCOMPARE(label.grab().toImage(), same.grab().toImage());
    }

    void aChoice() {
        ElidedCombo combo;
        combo.addItem(long_);
        combo.addItem(QStringLiteral("short"));
        combo.resize(160, 30);
        combo.show();
        QVERIFY(combo.shownText().endsWith(QChar(0x2026)));
        QCOMPARE(combo.currentText(), long_);
        QHelpEvent help(QEvent::ToolTip, {5, 5}, combo.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&combo, &help);
        QCOMPARE(QToolTip::text(), long_);
        combo.setCurrentIndex(1);
        QCOMPARE(combo.shownText(), QStringLiteral("short"));
    }

    /// Of whichever project is open, the strip says whose job it is.
    void theStripTellsTheProject() {
        MainWindow window;
        window.show();
        const auto gate = std::make_shared<Gate>();
        window.engine().submit(std::make_unique<WaitingJob>(long_.toStdString(), gate, "/data/kitchen.rest"));
        QStringList texts;
        for (const QLabel* label : window.strip().findChildren<QLabel*>()) {
            texts << label->text();
            if (!label->isVisible()) continue;
            const auto* elided = qobject_cast<const ElidedLabel*>(label);
            QVERIFY2(elided || label->width() >= label->sizeHint().width(), qPrintable(label->text()));
        }
        QVERIFY2(texts.join(QChar('\n')).contains(QStringLiteral("kitchen")), qPrintable(texts.join(QChar('\n'))));
        gate->open = true;
        QTRY_VERIFY(!window.engine().busy());
    }
};

REST_TEST(TestUiElided)
#include "test_ui_elided.moc"
