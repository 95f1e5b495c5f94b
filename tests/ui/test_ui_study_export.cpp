// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog that writes a study for an annotator: where it writes to, and how typed values are kept on failure.
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/study/create_study.h"
#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "ui/controls/file_field.h"
#include "ui/study/export_study_dialog.h"
#include "ui/study/study_page.h"
#include "ui/study/study_panel.h"
#include "ui/study/study_summary.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiStudyExport : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    QByteArray home_;

    static void press(QWidget& inside, const QString& words) {
        for (QPushButton* made : inside.findChildren<QPushButton*>()) {
            if (made->isVisible() && made->text().startsWith(words)) return made->click();
        }
        QFAIL(qPrintable(words));
    }

    static ExportStudyDialog* dialog(MainWindow& window) {
        ExportStudyDialog* shown = nullptr;
        for (auto* one : window.findChildren<ExportStudyDialog*>()) {
            if (one->isVisible()) shown = one;
        }
        return shown;
    }

    static QLineEdit* nameField(ExportStudyDialog* of) {
        for (QLineEdit* field : of->findChildren<QLineEdit*>()) {
            if (field->maxLength() == 100) return field;
        }
        return nullptr;
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        home_ = qgetenv("HOME");
        qputenv("HOME", QFile::encodeName(folder_.path()));  // without a documents folder
    }
    void cleanupTestCase() { qputenv("HOME", home_); }

    void theFileProposedCanBeWritten() {
        for (const char* name : {"plain", "day 1/2", "../up", "für Ärztinnen: Ü?"}) {
            StudySummary study;
            study.info.name = name;
            study.file = std::filesystem::path(std::string(name) + ".study");
            ExportStudyDialog made(study);
            nameField(&made)->setText(QStringLiteral("A/B c"));
            const QString file = made.findChild<FileField*>()->path();
            QVERIFY2(QFileInfo(file).dir().exists(), qPrintable(file));
            QFile out(file);
            QVERIFY2(out.open(QIODevice::WriteOnly), qPrintable(file));
            out.close();
            ExportStudyDialog next(study);  // the file exists now: another name
            nameField(&next)->setText(QStringLiteral("A/B c"));
            QVERIFY(!QFileInfo::exists(next.findChild<FileField*>()->path()));
        }
    }

    void whatWasTypedIsThereAgainWhenItFails() {
        const MadeProject made(folder_.filePath(QStringLiteral("p.rest")));
        const RunId run = made.addRun("REST");
        made.measure(run, 5, {{"a", 1, 0}, {"b", 1, 0}, {"c", 1, 1}, {"d", 1, 1}});
        study::StudySetup setup;
        setup.run = run;
        setup.name = "s";
        study::create_study(Project::open(path(made.folder), OpenMode::read_only), setup);
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::study);
        QTRY_VERIFY(window.studyPage().panel()->isVisible() && window.studyPage().idle());
        press(window.studyPage(), QStringLiteral("Export"));
        QTRY_VERIFY(dialog(window));
        const QString bad = folder_.filePath(QStringLiteral("no such folder/x.study"));
        nameField(dialog(window))->setText(QStringLiteral("Anna"));
        dialog(window)->findChild<QSpinBox*>()->setValue(3);
        dialog(window)->findChild<FileField*>()->setPath(bad);
        press(*dialog(window), QStringLiteral("Export"));
        QTRY_VERIFY(!window.studyPage().idle() || dialog(window));
        QTRY_VERIFY(window.studyPage().idle());
        QTRY_VERIFY(dialog(window));
        QCOMPARE(nameField(dialog(window))->text(), QStringLiteral("Anna"));
        QCOMPARE(dialog(window)->findChild<QSpinBox*>()->value(), 3);
        QCOMPARE(dialog(window)->findChild<FileField*>()->path(), bad);
        QStringList words;
        for (const QLabel* label : dialog(window)->findChildren<QLabel*>()) words << label->text();
        QVERIFY2(words.join(QChar(' ')).contains(QStringLiteral("no such folder")), qPrintable(words.join(QChar('|'))));
    }
};

REST_TEST(TestUiStudyExport)
#include "test_ui_study_export.moc"
