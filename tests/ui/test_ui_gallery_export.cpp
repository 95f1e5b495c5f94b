// SPDX-License-Identifier: GPL-3.0-or-later
// What is filtered or selected goes out as a folder, and the window says what came of it.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_failures.h"
#include "ui/controls/notice_bar.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiGalleryExport : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    int made_ = 0;

    MadeFailures make() {
        MadeFailures failures(folder_.filePath(QStringLiteral("p%1.rest").arg(++made_)));
        Project project = Project::open(path(failures.made.folder));
        auto videos = project.videos();
        for (auto& video : videos) {
            video.path = folder_.filePath(QStringLiteral("%1 %2.mp4").arg(made_).arg(video.id)).toStdString();
            QFile file(text(video.path));
            if (video.id != failures.clip(3) && file.open(QIODevice::WriteOnly)) file.write("clip");
        }
        project.put_videos(videos);
        return failures;
    }
    static QJsonArray clipsIn(const QString& folder) {
        QFile file(QDir(folder).filePath(QStringLiteral("clips.json")));
        if (!file.open(QIODevice::ReadOnly)) return {};
        return QJsonDocument::fromJson(file.readAll()).object().value(QStringLiteral("clips")).toArray();
    }
    static ExportClipsDialog* dialogOf(GalleryPage& page) {
        for (auto* one : page.findChildren<ExportClipsDialog*>()) {
            if (one->isVisible()) return one;
        }
        return nullptr;
    }
    static void press(QWidget* in, const QString& words) {
        for (auto* one : in->findChildren<QPushButton*>()) {
            if (one->text() == words && one->isVisible()) return QTest::mouseClick(one, Qt::LeftButton);
        }
        QFAIL(qPrintable(words));
    }
    static QString notice(MainWindow& window) {
        return window.findChild<NoticeBar*>(QStringLiteral("windowNotice"))->message();
    }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void whatIsShownIsExportedByTheDialog() {
        const MadeFailures failures = make();
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        QVERIFY(tickOption(page.panel()->verdicts(), QStringLiteral("Wrong")));
        QTRY_COMPARE(page.model()->rowCount(), 2);
        press(&page, QStringLiteral("Export…"));
        QTRY_VERIFY(dialogOf(page));
        const QString out = folder_.filePath(QStringLiteral("out"));
        auto* dialog = dialogOf(page);
        dialog->findChild<QLineEdit*>()->setText(out);
        dialog->findChildren<QRadioButton*>()[0]->click();  // all that are shown
        press(dialog, QStringLiteral("Export"));
        QTRY_COMPARE(clipsIn(out).size(), 2);
        const QJsonObject first = clipsIn(out)[0].toObject();
        QCOMPARE(first.value(QStringLiteral("caption")).toString(), QStringLiteral("surfing a wave"));
        QCOMPARE(first.value(QStringLiteral("read")).toString(), QStringLiteral("surfing"));
        QVERIFY(QFile::exists(QDir(out).filePath(first.value(QStringLiteral("file")).toString())));
        QVERIFY(QFile::exists(QDir(out).filePath(QStringLiteral("clips.csv"))));
        // d has no file: it is listed, and the window says so.
        QTRY_VERIFY2(notice(window).contains(QStringLiteral("2 clips written")), qPrintable(notice(window)));
        QVERIFY(notice(window).contains(QStringLiteral("1")));
        QVERIFY(clipsIn(out)[1].toObject().value(QStringLiteral("file")).isNull());
    }

    void whatIsThereIsNotOverwrittenAndWhatWasTypedStays() {
        const MadeFailures failures = make();
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        const QString taken = folder_.filePath(QStringLiteral("taken"));
        QVERIFY(QDir().mkpath(taken));
        ExportClipsDialog::Choice choice;
        choice.settings.folder = path(taken);
        choice.settings.files = gallery::ClipFiles::links;
        page.exportTo(choice);
        QTRY_VERIFY(dialogOf(page));
        QCOMPARE(dialogOf(page)->findChild<QLineEdit*>()->text(), taken);
        QCOMPARE(dialogOf(page)->choice().settings.files, gallery::ClipFiles::links);
        QVERIFY(QDir(taken).isEmpty());
        const QString free = folder_.filePath(QStringLiteral("free"));
        dialogOf(page)->findChild<QLineEdit*>()->setText(free);
        press(dialogOf(page), QStringLiteral("Export"));
        QTRY_COMPARE(clipsIn(free).size(), 4);
        QVERIFY(QFileInfo(QDir(free).filePath(clipsIn(free)[0].toObject().value(QStringLiteral("file")).toString()))
                    .isSymLink());
    }

    void aSelectionIsExportedAlone() {
        const MadeFailures failures = make();
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        page.grid()->setCurrentIndex(page.model()->index(2));
        ExportClipsDialog::Choice choice;
        choice.selected_only = true;
        choice.settings.folder = path(folder_.filePath(QStringLiteral("one")));
        choice.settings.files = gallery::ClipFiles::none;
        page.exportTo(choice);
        QTRY_COMPARE(clipsIn(folder_.filePath(QStringLiteral("one"))).size(), 1);
        QCOMPARE(
            clipsIn(folder_.filePath(QStringLiteral("one")))[0].toObject().value(QStringLiteral("caption")).toString(),
            QStringLiteral("juggling three balls"));
    }
};

REST_TEST(TestUiGalleryExport)
#include "test_ui_gallery_export.moc"
