// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel scrolls pages; it changes no field that the user did not focus.
#include <QtTest/qtestspontaneevent.h>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QDial>
#include <QDialog>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QVBoxLayout>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/clips.h"
#include "tests/ui/made_project.h"
#include "ui/controls/wheel_guard.h"
#include "ui/train/setting_form.h"
#include "ui/train/setting_row.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::ui;

namespace {

/// As the window system sends it: only such events make Qt set the focus.
void turnWheel(QWidget* over, int steps) {
    const QPointF middle = over->rect().center();
    QWheelEvent event(middle, over->mapToGlobal(middle), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&event);
    qApp->notify(over, &event);  // sendEvent() would mark it as not spontaneous
}

/// The value that a wheel could change in a field.
QString valueOf(const QWidget* field) {
    if (const auto* combo = qobject_cast<const QComboBox*>(field)) return QString::number(combo->currentIndex());
    if (const auto* spin = qobject_cast<const QAbstractSpinBox*>(field)) return spin->text();
    return QString::number(static_cast<const QAbstractSlider*>(field)->value());
}

}  // namespace

class TestUiWheel : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    /// Turns the wheel over every field of every page but Models. Returns the number of fields.
    static int turnOverAll(MainWindow& window, QStringList& changed) {
        int fields = 0;
        for (int page = 0; page < 5; ++page) {
            window.showPage(static_cast<MainWindow::Page>(page));
            QCoreApplication::processEvents();
            for (QWidget* widget : window.findChildren<QWidget*>()) {
                if (!WheelGuard::guards(widget)) continue;
                ++fields;
                window.activateWindow();
                if (QWidget* focus = QApplication::focusWidget()) focus->clearFocus();
                const QString before = valueOf(widget);
                for (const int steps : {-3, 3, -1}) turnWheel(widget, steps);
                if (valueOf(widget) != before || widget->hasFocus())
                    changed << QString::fromLatin1(widget->metaObject()->className()) + QChar(' ') +
                                   widget->accessibleName();
            }
        }
        return fields;
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void noFieldOfAnyPageIsChanged() {
        const MadeProject made(folder_.filePath(QStringLiteral("p.rest")));
        for (const char* name : {"one", "two"}) {
            const auto run = made.addRun(name);
            made.measure(run, 5, {{"x", 1, 0}, {"x", 1, 0}, {"x", 1, 1}, {"x", 1, 1}});
            made.keep(run, 0, "kept");
        }
        MainWindow window;
        QVERIFY(openIn(window, made));
        QStringList changed;
        const int fields = turnOverAll(window, changed);
        QVERIFY2(changed.isEmpty(), qPrintable(changed.join(QChar('\n'))));
        QVERIFY2(fields > 10, qPrintable(QString::number(fields)));
    }

    void learningFromCaptionsStays() {
        const MadeProject made(folder_.filePath(QStringLiteral("q.rest")));
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::train);
        SettingRow* row = window.trainPage().form()->row("learn_from");
        auto* combo = row->findChild<QComboBox*>();
        QTest::mouseClick(combo, Qt::LeftButton);  // the user has just made a choice here
        if (QWidget* popup = QApplication::activePopupWidget()) popup->close();
        combo->setFocus();
        turnWheel(combo, -1);
        QCOMPARE(row->value(), QStringLiteral("captions"));
    }

    /// Also for widgets of pages and dialogs opened later, whatever contains them.
    void theFormIsScrolledInstead() {
        WheelGuard guard;
        QScrollArea area;
        auto* inside = new QWidget;
        auto* layout = new QVBoxLayout(inside);
        auto* combo = new QComboBox;
        combo->addItems({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        combo->setCurrentIndex(1);
        auto* editable = new QComboBox;
        editable->setEditable(true);
        editable->addItems({QStringLiteral("a"), QStringLiteral("b")});
        auto* spin = new QSpinBox;
        auto* real = new QDoubleSpinBox;
        auto* date = new QDateEdit(QDate(2020, 5, 5));
        auto* slider = new QSlider(Qt::Horizontal);
        auto* dial = new QDial;
        spin->setValue(50);
        real->setValue(50);
        slider->setValue(50);
        dial->setValue(50);
        const QList<QWidget*> fields = {combo, editable, spin, real, date, slider, dial};
        for (QWidget* field : fields) layout->addWidget(field);
        inside->setMinimumHeight(3000);
        area.setWidget(inside);
        area.resize(200, 300);
        area.show();
        QVERIFY(QTest::qWaitForWindowExposed(&area));
        for (QWidget* field : fields) {
            QVERIFY(WheelGuard::guards(field));
            area.verticalScrollBar()->setValue(100);
            if (QWidget* focus = QApplication::focusWidget()) focus->clearFocus();
            const QString before = valueOf(field);
            turnWheel(field, -1);
            QCOMPARE(valueOf(field), before);
            QVERIFY(!field->hasFocus());
            QVERIFY2(area.verticalScrollBar()->value() > 100, field->metaObject()->className());
        }
        QVERIFY(!WheelGuard::guards(area.verticalScrollBar()));
    }

    void aNumberThatIsBeingEditedTakesIt() {
        WheelGuard guard;
        QSpinBox spin;
        spin.show();
        spin.activateWindow();
        spin.setFocus();
        QTRY_VERIFY(spin.hasFocus());
        turnWheel(&spin, 1);
        QCOMPARE(spin.value(), 1);
    }
};

REST_TEST(TestUiWheel)
#include "test_ui_wheel.moc"
