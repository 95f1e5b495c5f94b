// SPDX-License-Identifier: GPL-3.0-or-later
// The warnings of an import's preview can still be read after the import.
#include <QFile>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/clips.h"
#include "tests/ui/made_project.h"
#include "ui/dataset/dataset_page.h"
#include "ui/dataset/import_preview.h"
#include "ui/dataset/problem_model.h"
#include "ui/session/engine_client.h"

using namespace rest;
using namespace rest::ui;

class TestUiImportProblems : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;

    static ProblemModel* problems(MainWindow& window) { return window.datasetPage().findChild<ProblemModel*>(); }

    static QStringList files(MainWindow& window) {
        QStringList out;
        const ProblemModel* model = problems(window);
        for (int row = 0; row < model->rowCount(); ++row) out << model->index(row, 0).data().toString();
        out.sort();
        return out;
    }

    static bool import(MainWindow& window, const QString& source) {
        window.datasetPage().preview(source);
        auto* preview = window.datasetPage().findChild<ImportPreview*>();
        if (!QTest::qWaitFor([&] { return preview->ready(); })) return false;
        for (QPushButton* made : preview->findChildren<QPushButton*>()) {
            if (made->property("primary").toBool()) made->click();
        }
        return QTest::qWaitFor([&] { return !window.engine().busy() && window.session().idle(); }, 30000);
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void theyAreInTheListAfterTheImport() {
        const QString source = folder_.filePath(QStringLiteral("videos"));
        writeGreyClip(source, QStringLiteral("train/rowing/a.mp4"), 8);
        writeGreyClip(source, QStringLiteral("val/rowing/b.mp4"), 8);
        QVERIFY(QFile::link(QStringLiteral("/nowhere/gone.mp4"), source + QStringLiteral("/train/rowing/link.mp4")));
        QFile empty(source + QStringLiteral("/train/rowing/nothing.mp4"));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        const QString project = folder_.filePath(QStringLiteral("p.rest"));
        {
            MainWindow window;
            window.show();
            window.session().create(project);
            QTRY_VERIFY(window.session().isOpen());
            QVERIFY(import(window, source));
            QTRY_COMPARE(window.session().videos()->videos.size(), size_t{2});
            QTRY_COMPARE(problems(window)->rowCount(), 2);
            const QString all = problems(window)->asText();
            QVERIFY2(all.contains(QStringLiteral("link.mp4")) && all.contains(QStringLiteral("nothing.mp4")),
                     qPrintable(all));
            bool counted = false;
            for (const QTabWidget* tabs : window.datasetPage().findChildren<QTabWidget*>())
                counted |= tabs->tabText(1).contains(QChar('2'));
            QVERIFY(counted);
        }
        {
            MainWindow window;  // a later session
            window.show();
            window.openProject(project);
            QTRY_VERIFY(window.session().isOpen());
            QTRY_COMPARE(problems(window)->rowCount(), 2);
            // Fixed and imported again: the list has only the present problems.
            QVERIFY(QFile::remove(source + QStringLiteral("/train/rowing/link.mp4")));
            QVERIFY(import(window, source));
            QTRY_COMPARE(problems(window)->rowCount(), 1);
            QVERIFY(files(window)[0].contains(QStringLiteral("nothing.mp4")));
            // Importing another folder does not affect this one's.
            const QString more = folder_.filePath(QStringLiteral("more"));
            writeGreyClip(more, QStringLiteral("train/rowing/c.mp4"), 8);
            QVERIFY(import(window, more));
            QTRY_COMPARE(window.session().videos()->videos.size(), size_t{3});
            QCOMPARE(problems(window)->rowCount(), 1);
        }
    }
};

REST_TEST(TestUiImportProblems)
#include "test_ui_import_problems.moc"
