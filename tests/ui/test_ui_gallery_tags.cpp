// SPDX-License-Identifier: GPL-3.0-or-later
// Tags by number keys, notes and named filters: in the project at once, with who and when, and taken back.
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/made_failures.h"
#include "ui/controls/undo_bar.h"
#include "ui/gallery/clip_detail.h"
#include "ui/gallery/saved_filters.h"
#include "ui/gallery/tag_bar.h"
#include "ui/gallery/tag_editor.h"
#include "ui/gallery/tag_writer.h"
#include "ui/player/video_player.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

class TestUiGalleryTags : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    int made_ = 0;

    MadeFailures make(int more = 0) {
        return MadeFailures(folder_.filePath(QStringLiteral("p%1.rest").arg(++made_)), more);
    }
    static bool rested(const GalleryPage& page) {
        return QTest::qWaitFor([&] { return page.idle(); });
    }
    static QToolButton* tagButton(const GalleryPage& page, const QString& name) {
        for (auto* one : page.findChild<TagBar*>()->findChildren<QToolButton*>()) {
            if (one->accessibleName() == QStringLiteral("Tag ") + name) return one;
        }
        return nullptr;
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        TagWriter::setWho(QStringLiteral("Anna  B"));
    }

    void aNumberKeyTagsTheClipAndUndoTakesItBack() {
        const MadeFailures failures = make();
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        clickCard(page, 1);
        QTest::keyClick(page.grid(), Qt::Key_2);
        QTRY_COMPARE(failures.read().taggings(failures.run, 10).size(), size_t(1));
        QVERIFY(rested(page));
        const auto kept = failures.read().taggings(failures.run, 10);
        QCOMPARE(kept[0].video, failures.clip(1));
        QCOMPARE(kept[0].caption, std::string("surfing a wave"));
        QCOMPARE(kept[0].who, std::string("Anna B"));
        QCOMPARE(page.model()->read(1).tags, QStringList{QStringLiteral("wrong temporal flow")});
        QCOMPARE(countOf(page.panel()->tags(), QStringLiteral("wrong temporal flow")), 1);
        QCOMPARE(countOf(page.panel()->tags(), QStringLiteral("No tag")), 3);
        QToolButton* tag = tagButton(page, QStringLiteral("wrong temporal flow"));
        QVERIFY(tag->isChecked() && tag->text().contains(QStringLiteral("1")));
        QCOMPARE(window.undo().offers(), 1);
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(failures.read().taggings(failures.run, 10).empty());
        QTRY_COMPARE(countOf(page.panel()->tags(), QStringLiteral("No tag")), 4);
        QVERIFY(!tag->isChecked());
    }

    void aSelectionIsTaggedTogetherAndKeepsItsPlace() {
        const MadeFailures failures = make(20);
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        clickCard(page, 2);
        QTest::keyClick(page.grid(), Qt::Key_1);
        QVERIFY(rested(page));
        QTest::keyClick(page.grid(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(page.grid(), Qt::Key_1);
        QTRY_COMPARE(failures.read().taggings(failures.run, 10).size(), size_t(24));
        QVERIFY(rested(page));
        QCOMPARE(page.grid()->selectionModel()->selectedIndexes().size(), 24);
        // The undo takes off what this key put there, and the clip that had the tag before keeps it.
        window.undo().undo();
        QTRY_COMPARE(failures.read().taggings(failures.run, 10).size(), size_t(1));
        QVERIFY(rested(page));
        QTest::mouseClick(tagButton(page, QStringLiteral("missed object")), Qt::LeftButton);
        QTRY_COMPARE(failures.read().taggings(failures.run, 10).size(), size_t(24));
        QVERIFY(rested(page));
        QTest::mouseClick(tagButton(page, QStringLiteral("missed object")), Qt::LeftButton);  // all have it: off
        QTRY_VERIFY(failures.read().taggings(failures.run, 10).empty());
    }

    void taggingUnderAFilterGoesOnToTheNextClip() {
        const MadeFailures failures = make(4);
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        QVERIFY(tickOption(page.panel()->tags(), QStringLiteral("No tag")));
        QVERIFY(rested(page));
        page.open(1);
        QTest::keyClick(page.detail()->player(), Qt::Key_5);
        QTRY_COMPARE(page.model()->rowCount(), 7);
        QVERIFY(page.isOpen());  // what was tagged stays in sight
        QTest::keyClick(page.detail()->player(), Qt::Key_J);
        QTest::keyClick(page.detail()->player(), Qt::Key_5);
        QTRY_COMPARE(page.model()->rowCount(), 6);
        const auto kept = failures.read().taggings(failures.run, 10);
        QCOMPARE(kept.size(), size_t(2));
        QCOMPARE(kept[0].video, failures.clip(1));
        QCOMPARE(kept[1].video, failures.clip(2));
    }

    void tagsOfOnesOwnAreMadeAndOrdered() {
        const MadeFailures failures = make();
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        page.editTags();
        auto* editor = page.findChild<TagEditor*>();
        QVERIFY(editor);
        QLineEdit* name = nullptr;
        for (auto* one : editor->findChildren<QLineEdit*>()) {
            if (one->accessibleName() == QLatin1String("Name of a new tag")) name = one;
        }
        name->setFocus();
        QTest::keyClicks(name, QStringLiteral("blurred"));
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(failures.read().tags().size(), size_t(6));
        auto* list = editor->findChild<QListWidget*>();
        QTRY_COMPARE(list->count(), 6);
        list->setCurrentRow(5);
        for (auto* tool : editor->findChildren<QToolButton*>()) {
            if (tool->accessibleName().startsWith(QStringLiteral("Up"))) QTest::mouseClick(tool, Qt::LeftButton);
        }
        QTRY_COMPARE(failures.read().tags()[4].name, std::string("blurred"));
        QTRY_COMPARE(list->item(4)->text(), QStringLiteral("blurred"));
        list->item(4)->setText(QStringLiteral("blurred picture"));
        QTRY_COMPARE(failures.read().tags()[4].name, std::string("blurred picture"));
        QVERIFY(rested(page));
        editor->close();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        clickCard(page, 0);
        QTest::keyClick(page.grid(), Qt::Key_5);
        QTRY_COMPARE(failures.read().taggings(failures.run, 10).size(), size_t(1));
        // Removed with all that it is on, and brought back.
        page.editTags();
        QVERIFY(rested(page));
        QTest::qWait(10);
        TagEditor* again = nullptr;
        for (auto* one : page.findChildren<TagEditor*>()) {
            if (one->isVisible()) again = one;
        }
        QVERIFY(again);
        again->findChild<QListWidget*>()->setCurrentRow(4);
        for (auto* tool : again->findChildren<QToolButton*>()) {
            if (tool->accessibleName().startsWith(QStringLiteral("Remove"))) QTest::mouseClick(tool, Qt::LeftButton);
        }
        QTRY_COMPARE(failures.read().tags().size(), size_t(5));
        QVERIFY(failures.read().taggings(failures.run, 10).empty());
        QVERIFY(rested(page));
        window.undo().undo();
        QTRY_COMPARE(failures.read().taggings(failures.run, 10).size(), size_t(1));
        QCOMPARE(failures.read().tags()[4].name, std::string("blurred picture"));
    }

    void aNoteIsKeptWhenOneGoesOn() {
        const MadeFailures failures = make();
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        clickCard(page, 0);
        QTest::keyClick(page.grid(), Qt::Key_N);
        QVERIFY(page.isOpen() && page.detail()->note()->hasFocus());
        QTest::keyClicks(page.detail()->note(), QStringLiteral("1 boat, jk"));  // no tag, no other clip
        QTest::keyClick(page.detail()->note(), Qt::Key_Escape);
        QVERIFY(page.isOpen() && !page.detail()->note()->hasFocus());
        QTRY_COMPARE(failures.read().clip_notes(failures.run, 10).size(), size_t(1));
        QCOMPARE(failures.read().clip_notes(failures.run, 10)[0].text, std::string("1 boat, jk"));
        QVERIFY(failures.read().taggings(failures.run, 10).empty());
        QVERIFY(rested(page));
        QTest::keyClick(page.detail()->player(), Qt::Key_J);
        QVERIFY(page.detail()->note()->toPlainText().isEmpty());
        QTest::keyClick(page.detail()->player(), Qt::Key_K);
        QCOMPARE(page.detail()->note()->toPlainText(), QStringLiteral("1 boat, jk"));
        QCOMPARE(countOf(page.panel()->tags(), QStringLiteral("With a note")), 1);
        window.undo().undo();
        QTRY_VERIFY(failures.read().clip_notes(failures.run, 10).empty());
        QTRY_VERIFY(page.detail()->note()->toPlainText().isEmpty());
    }

    void aFilterIsSavedTakenAndRemoved() {
        const MadeFailures failures = make(2);
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        GalleryPage& page = window.galleryPage();
        QVERIFY(tickOption(page.panel()->verdicts(), QStringLiteral("Wrong")));
        QVERIFY(tickOption(page.panel()->labels(), QStringLiteral("juggling balls")));
        QTRY_COMPARE(page.model()->rowCount(), 2);
        page.savedFilters()->save(QStringLiteral("wrong jugglers"));
        QTRY_COMPARE(page.savedFilters()->names(), QStringList{QStringLiteral("wrong jugglers")});
        page.panel()->clear();
        QTRY_COMPARE(page.model()->rowCount(), 6);
        page.savedFilters()->take(QStringLiteral("wrong jugglers"));
        QTRY_COMPARE(page.model()->rowCount(), 2);
        page.savedFilters()->remove(QStringLiteral("wrong jugglers"));
        QTRY_VERIFY(page.savedFilters()->names().isEmpty());
        QCOMPARE(page.model()->rowCount(), 2);  // what stands is no matter of its name
        QVERIFY(rested(page));
        window.undo().undo();
        QTRY_COMPARE(page.savedFilters()->names(), QStringList{QStringLiteral("wrong jugglers")});
    }

    void peopleTagWhileAJobHoldsTheProject() {
        const MadeFailures failures = make();
        MainWindow window;
        QVERIFY(openGallery(window, failures));
        const Project job = Project::open(path(failures.made.folder));
        GalleryPage& page = window.galleryPage();
        clickCard(page, 0);
        QTest::keyClick(page.grid(), Qt::Key_3);
        QTRY_COMPARE(job.taggings(failures.run, 10).size(), size_t(1));
    }
};

REST_TEST(TestUiGalleryTags)
#include "test_ui_gallery_tags.moc"
