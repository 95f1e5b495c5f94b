// SPDX-License-Identifier: GPL-3.0-or-later
// Screen readers find a name for whatever can be reached by keyboard, and for whatever the program draws itself.
#include <QAbstractItemView>
#include <QAccessible>
#include <QLabel>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "ui/rating/rating_screen.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiNames : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    static QString nameOf(QWidget* widget) {
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
        return interface ? interface->text(QAccessible::Name) : QString();
    }
    /// Qt's own parts of a larger control: that one has the name.
    static bool isPart(const QWidget* widget) {
        if (widget->objectName().startsWith(QLatin1String("qt_"))) return true;
        for (const char* part : {"QScrollBar", "QHeaderView", "QTabBar", "QMenuBar", "QMenu", "QTableCornerButton",
                                 "QComboBoxPrivateContainer", "QComboBoxListView", "QSplitterHandle", "QScrollArea",
                                 "QTabWidget", "QAbstractScrollAreaScrollBarContainer"})
            if (widget->inherits(part)) return true;
        for (const QWidget* one = widget->parentWidget(); one; one = one->parentWidget()) {
            if (one->inherits("QComboBox") || one->inherits("QAbstractSpinBox") || one->inherits("QLineEdit") ||
                one->inherits("QChartView"))
                return true;
        }
        return false;
    }
    static bool isDrawnHere(const QWidget* widget) {
        return QLatin1String(widget->metaObject()->className()).startsWith(QLatin1String("rest::ui::")) &&
               widget->findChildren<QWidget*>().isEmpty() && !qobject_cast<const QLabel*>(widget);
    }
    static QString path(const QWidget* widget) {
        QStringList words;
        for (; widget; widget = widget->parentWidget()) words.prepend(QLatin1String(widget->metaObject()->className()));
        return words.mid(std::max<qsizetype>(0, words.size() - 5)).join(QStringLiteral(" > "));
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void everythingHasOne() {
        const MadeProject made(folder_.filePath(QStringLiteral("p.rest")));
        const RunId run = made.addRun("REST");
        made.measure(run, 5, {{"x", 1, 0}, {"x", 1, 0}, {"x", 1, 1}, {"x", 1, 1}});
        made.keep(run, 0, "kept");
        MainWindow window;
        QVERIFY(openIn(window, made));
        QStringList nameless;
        int seen = 0;
        for (QWidget* widget : window.findChildren<QWidget*>()) {
            const bool reached = (widget->focusPolicy() & Qt::TabFocus) != 0;
            if (isPart(widget) || (!reached && !isDrawnHere(widget))) continue;
            ++seen;
            if (nameOf(widget).trimmed().isEmpty()) nameless << path(widget);
        }
        nameless.removeDuplicates();
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QChar('\n'))));
        QVERIFY2(seen > 100, qPrintable(QString::number(seen)));
    }
};

REST_TEST(TestUiNames)
#include "test_ui_names.moc"
