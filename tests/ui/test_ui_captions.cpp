// SPDX-License-Identifier: GPL-3.0-or-later
// The Captions page driven as its user does: how captions evolved, what they came from, and the keys.
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QStandardPaths>
#include <QTableView>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "tests/ui/caption_world.h"
#include "tests/ui/opening.h"
#include "ui/captions/caption_card.h"
#include "ui/captions/captions_page.h"
#include "ui/captions/clip_column.h"
#include "ui/captions/evolution_panel.h"
#include "ui/captions/neighbour_model.h"
#include "ui/captions/neighbour_panel.h"
#include "ui/captions/prediction_model.h"
#include "ui/captions/step_section.h"
#include "ui/captions/video_column.h"
#include "ui/clips/video_filter_bar.h"
#include "ui/clips/video_model.h"
#include "ui/player/clip_preview.h"
#include "ui/player/sample_strip.h"
#include "ui/player/video_player.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/main_window.h"

using namespace rest;
using namespace rest::store;
using namespace rest::ui;

namespace {

CaptionsPage& openPage(MainWindow& window, const CaptionWorld& world, VideoId video = 0) {
    window.resize(1280, 800);
    window.show();
    window.openProject(world.folder());
    [&] { QTRY_VERIFY(window.session().isOpen() && window.session().idle()); }();
    window.showPage(MainWindow::Page::captions);
    CaptionsPage& page = window.captionsPage();
    page.showVideo(video == 0 ? world.a() : video, false);
    [&] { QTRY_VERIFY(page.idle() && window.session().idle()); }();
    return page;
}

QString textOf(const CaptionCard* card) {
    QStringList parts;
    for (const QLabel* label : card->findChildren<QLabel*>()) parts << label->text();
    return parts.join(QChar('|'));
}

QList<CaptionCard*> cardsOf(CaptionsPage& page) {
    return page.steps()->findChildren<CaptionCard*>();
}

QLabel* wordsOf(const CaptionCard* card) {
    for (QLabel* label : card->findChildren<QLabel*>()) {
        if (label->accessibleName() == text(card->caption().text)) return label;
    }
    return nullptr;
}

QString sectionText(CaptionsPage& page, int step) {
    QStringList parts;
    for (const StepSection* section : page.steps()->findChildren<StepSection*>()) {
        if (section->step() != step) continue;
        for (const QLabel* label : section->findChildren<QLabel*>()) parts << label->text();
    }
    return parts.join(QChar('|'));
}

}  // namespace

class TestUiCaptions : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QSettings().clear(); }

    void everyStepStandsThereWithWhatChanged() {
        CaptionWorld world;
        world.fill();
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        QCOMPARE(page.steps()->steps(), 2);
        const auto cards = cardsOf(page);
        QCOMPARE(cards.size(), 4);
        for (const CaptionCard* card : cards) QVERIFY(card->isVisible());
        // What is new in step 1 is marked in its words, by form and not by colour alone.
        const QLabel* marked = wordsOf(cards[2]);
        QVERIFY(marked && marked->text().contains(QStringLiteral("<u>")));
        QVERIFY(marked->text().contains(QStringLiteral(">red<")));
        QCOMPARE(marked->accessibleDescription(), QStringLiteral("added: red"));
        QVERIFY(wordsOf(cards[3])->accessibleDescription().contains(QStringLiteral("added: rowing")));
        QVERIFY(wordsOf(cards[3])->text().contains(QStringLiteral("<s>")));
        QVERIFY(!wordsOf(cards[0])->text().contains(QStringLiteral("<u>")));
        // What was said and not chosen, and what was given up.
        QVERIFY(sectionText(page, 0).contains(QStringLiteral("8 captions, 2 different")));
        QVERIFY(sectionText(page, 0).contains(QStringLiteral("frames 0–4")));
        QVERIFY(sectionText(page, 0).contains(QStringLiteral("chosen, place 1")));
        QVERIFY(sectionText(page, 0).contains(QStringLiteral("frames 5–7")));
        QVERIFY(sectionText(page, 0).contains(QStringLiteral("not chosen")));
        QVERIFY(sectionText(page, 1).contains(QStringLiteral("chosen, place 2")));
        QVERIFY(sectionText(page, 1).contains(QStringLiteral("<s>a man surfing</s>")));
        QVERIFY(sectionText(page, 1).contains(QStringLiteral("2 new")));
    }

    void aRetrievedCaptionTellsItsSource() {
        CaptionWorld world;
        world.fill();
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        const auto cards = cardsOf(page);
        QTRY_VERIFY2(textOf(cards[1]).contains(QStringLiteral("0.600")), qPrintable(textOf(cards[1])));
        QVERIFY(textOf(cards[1]).contains(QStringLiteral("b.mp4")));
        QVERIFY(textOf(cards[2]).contains(QStringLiteral("0.960")));
        QVERIFY(textOf(cards[0]).contains(QStringLiteral("own")));
        const auto pictures = [&] {
            int shown = 0;
            for (const QLabel* label : cards[1]->findChildren<QLabel*>())
                shown += label->isVisible() && !label->pixmap().isNull() ? 1 : 0;
            return shown;
        };
        QTRY_COMPARE(pictures(), 1);
        QVERIFY(!textOf(cards[1]).contains(QStringLiteral("surfing</a>")));
        QVERIFY(!textOf(cards[1]).contains(QStringLiteral("class")));
        QTest::keyClick(&page, Qt::Key_G);
        QVERIFY(textOf(cards[1]).contains(QStringLiteral("class surfing")));
    }

    void groundTruthIsHiddenUntilAskedFor() {
        CaptionWorld world;
        world.fill();
        const auto told = [](CaptionsPage& page) {
            const QModelIndex first = page.videos()->model()->index(0, 0);
            QString all = first.data(VideoModel::LineRole).toString();
            for (const QLabel* label : page.findChildren<QLabel*>()) {
                if (label->isVisible()) all += QChar('|') + label->text();
            }
            return all.contains(QStringLiteral("· rowing")) || all.contains(QStringLiteral(": rowing"));
        };
        const auto placeShown = [](CaptionsPage& page) {
            for (const auto* table : page.findChildren<QTableView*>()) {
                if (qobject_cast<const PredictionModel*>(table->model()))
                    return !table->isColumnHidden(PredictionModel::RankColumn);
            }
            return false;
        };
        {
            MainWindow window;
            CaptionsPage& page = openPage(window, world);
            QVERIFY(!told(page) && !placeShown(page));
            QTest::keyClick(&page, Qt::Key_G);
            QVERIFY(told(page) && placeShown(page));
        }
        {
            MainWindow window;  // kept with the project
            CaptionsPage& page = openPage(window, world);
            QVERIFY(told(page) && placeShown(page));
            QTest::keyClick(&page, Qt::Key_G);
            QVERIFY(!told(page));
        }
        CaptionWorld other;
        other.fill();
        MainWindow window;
        QVERIFY(!told(openPage(window, other)));
    }

    void theViewsAreTheNetworks() {
        CaptionWorld world;
        world.fill();
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        SampleStrip* views = page.clip()->views();
        QTRY_COMPARE(views->samples(), 8);
        for (int i = 0; i < 8; ++i) {
            QCOMPARE(views->image(i).size(), QSize(CaptionWorld::side, CaptionWorld::side));
            QVERIFY(std::abs(qGray(views->image(i).pixel(16, 16)) - greyOf(2 * i + 1)) < 5);
        }
        QTest::mouseClick(views, Qt::LeftButton, {}, QPoint(views->width() * 5 / 8, views->height() / 4));
        QTRY_COMPARE(page.player()->frame(), 5);
        views->setFocus();
        QTest::keyClick(views, Qt::Key_Right);
        QTRY_COMPARE(page.player()->frame(), 7);
        // Seen before: at once.
        page.showVideo(world.b());
        QTRY_VERIFY(page.idle());
        page.showVideo(world.a());
        QTRY_COMPARE(page.clip()->views()->samples(), 8);
    }

    void aClipThatCannotBeReadSaysSo() {
        CaptionWorld world;
        world.fill();
        QFile::remove(text(world.videos[1].path));
        MainWindow window;
        CaptionsPage& page = openPage(window, world, world.broken());
        QCOMPARE(page.clip()->views()->samples(), 0);
        QVERIFY(page.clip()->views()->text().contains(QStringLiteral("cut short")));
        page.showVideo(world.b());
        QTRY_VERIFY2(page.clip()->views()->text().contains(QStringLiteral("b.mp4")),
                     qPrintable(page.clip()->views()->text()));
        page.showVideo(world.a());
        QTRY_COMPARE(page.clip()->views()->samples(), 8);
        QVERIFY(page.clip()->views()->text().isEmpty());
    }

    void aNeighbourIsGoneToAndBackFindsTheListAsItWas() {
        CaptionWorld world(60);
        world.fill();
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        QListView* near = page.clip()->neighbours()->list();
        QTRY_COMPARE(near->model()->rowCount(), 2);
        QCOMPARE(near->model()->index(0, 0).data(VideoModel::IdRole).toLongLong(), world.c());
        QVERIFY(near->model()->index(0, 0).data(VideoModel::LineRole).toString().contains(QStringLiteral("0.960 ✓")));
        QVERIFY(!near->model()->index(1, 0).data(VideoModel::LineRole).toString().contains(QStringLiteral("surfing")));
        page.videos()->findChild<VideoFilterBar*>()->setText(QStringLiteral("a.mp4"));
        QTRY_COMPARE(page.videos()->model()->rowCount(), 1);
        openByMouse(near, near->model()->index(0, 0));
        QCOMPARE(page.video(), world.c());
        QTRY_VERIFY(page.videos()->model()->rowCount() > 60);
        QTest::keyClick(&page, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(page.video(), world.a());
        QTRY_COMPARE(page.videos()->model()->rowCount(), 1);
        QTRY_COMPARE(near->model()->rowCount(), 2);
        openByKey(near, near->model()->index(1, 0));
        QCOMPARE(page.video(), world.b());
    }

    void aNeighbourPlaysWhereItIsPointedAt() {
        CaptionWorld world;
        world.fill();
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        NeighbourPanel* panel = page.clip()->neighbours();
        QTRY_COMPARE(panel->model()->rowCount(), 2);
        QVERIFY(panel->preview()->isHidden());
        const auto point = [&](int row) {
            const QRect cell = panel->list()->visualRect(panel->model()->index(row, 0));
            // Through the window, as the window system does it.
            const QWidget* viewport = panel->list()->viewport();
            const QPoint place = viewport->mapTo(&window, (cell & viewport->rect()).center());
            QTest::mouseMove(window.windowHandle(), place - QPoint(1, 1));
            QTest::mouseMove(window.windowHandle(), place);
        };
        point(0);
        QTRY_VERIFY(panel->preview()->isVisible() && panel->preview()->frame() >= 1);
        QVERIFY(panel->preview()->playing().endsWith(QStringLiteral("c.mp4")));
        QVERIFY(panel->list()->visualRect(panel->model()->index(0, 0)).contains(panel->preview()->geometry()));
        // Chosen by the keyboard it plays too.
        panel->list()->setFocus();
        panel->list()->setCurrentIndex(panel->model()->index(1, 0));
        QTRY_VERIFY(panel->preview()->playing().endsWith(QStringLiteral("b.mp4")));
        QTRY_VERIFY(panel->preview()->frame() >= 0);
        page.showVideo(world.b());
        QVERIFY(panel->preview()->isHidden());
    }

    void whyThereAreNoNeighbours() {
        CaptionWorld world;
        world.fill();
        MainWindow window;
        CaptionsPage& page = openPage(window, world, world.val());
        const auto message = [&] {
            QStringList shown;
            for (const QLabel* label : page.clip()->neighbours()->findChildren<QLabel*>()) shown << label->text();
            return shown.join(QChar('|'));
        };
        QTRY_VERIFY2(message().contains(QStringLiteral("none of those that the run learns from")),
                     qPrintable(message()));
        QFile::remove(world.folder() + QStringLiteral("/features/videos.features"));
        Q_EMIT window.engine().captionsChanged(window.session().ref(world.run), 1);
        QTRY_VERIFY2(message().contains(QStringLiteral("not there any more")), qPrintable(message()));
    }

    void keysWalkAndPlay() {
        CaptionWorld world(5);
        world.fill();
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        page.videos()->list()->setFocus();
        QTest::keyClick(page.videos()->list(), Qt::Key_J);
        QCOMPARE(page.video(), world.b());
        QTest::keyClick(page.videos()->list(), Qt::Key_Down);
        QCOMPARE(page.video(), world.c());
        QTest::keyClick(page.videos()->list(), Qt::Key_K);
        QCOMPARE(page.video(), world.b());
        QTRY_COMPARE(page.player()->frame(), 0);
        QTest::keyClick(page.videos()->list(), Qt::Key_Space);
        QVERIFY(page.player()->playing());
        QTest::keyClick(&page, Qt::Key_Space);
        QVERIFY(!page.player()->playing());
        for (int i = 0; i < 30; ++i) QTest::keyClick(&page, Qt::Key_J);  // not beyond the end
        QCOMPARE(page.video(), world.videos.back().id);
        // Typed into a field they are letters.
        auto* filter = page.videos()->findChild<QLineEdit*>();
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("jkg"));
        QCOMPARE(filter->text(), QStringLiteral("jkg"));
        QCOMPARE(page.video(), world.videos.back().id);
    }

    void halfOfThePageIsTheCaptions() {
        CaptionWorld world;
        const std::string end = ", who is then seen to climb onto the pier and to shake the water out of his ears";
        world.say(0, "a man in a boat" + end, 8);
        world.keep(0, {{"a man in a boat" + end, world.a()}, {"a man surfing" + end + end + end + end, world.b()}});
        world.keepFeatures();
        for (const QSize size : {QSize(1280, 800), QSize(1920, 1200)}) {
            MainWindow window;
            CaptionsPage& page = openPage(window, world);
            window.resize(size);
            QTest::qWait(50);
            QVERIFY2(2 * page.tabs()->width() >= page.width(), qPrintable(QString::number(page.tabs()->width())));
            QCOMPARE(window.size(), size);
            QVERIFY(wordsOf(cardsOf(page).back())->height() > 2 * page.fontMetrics().height());
            for (const CaptionCard* card : cardsOf(page)) {
                const QLabel* words = wordsOf(card);
                QVERIFY(words->height() >= words->heightForWidth(words->width()));
                QVERIFY(card->width() <= page.tabs()->width());
            }
        }
    }

    void columnsAreRemembered() {
        CaptionWorld world;
        world.fill();
        QList<int> moved;
        {
            MainWindow window;
            CaptionsPage& page = openPage(window, world);
            auto* handle = page.columns()->handle(1);
            const QPoint middle = handle->rect().center();
            QTest::mousePress(handle, Qt::LeftButton, {}, middle);
            QTest::mouseMove(handle, middle + QPoint(40, 0));
            QTest::mouseRelease(handle, Qt::LeftButton, {}, middle + QPoint(40, 0));
            moved = page.columns()->sizes();
        }
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        QCOMPARE(page.columns()->sizes(), moved);
    }

    void aStepThatComesLeavesThePageWhereItIs() {
        CaptionWorld world(40);
        world.fill();
        std::vector<std::pair<std::string, VideoId>> list;
        for (int i = 0; i < 12; ++i) list.emplace_back("a man in boat number " + std::to_string(i), world.c());
        world.keep(2, list);
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        QTRY_COMPARE(page.steps()->steps(), 3);
        auto* scroll = page.steps()->findChild<QScrollArea*>();
        QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 250);
        scroll->verticalScrollBar()->setValue(200);
        page.videos()->list()->verticalScrollBar()->setValue(120);
        CaptionCard* first = cardsOf(page).front();
        list.emplace_back("a man who rows", world.a());
        world.keep(3, list);
        Q_EMIT window.engine().captionsChanged({"/another.rest", world.run}, 3);
        QVERIFY(window.session().idle());
        Q_EMIT window.engine().captionsChanged(window.session().ref(world.run), 3);
        QTRY_COMPARE(page.steps()->steps(), 4);
        QTRY_VERIFY(page.idle());
        QCOMPARE(cardsOf(page).front(), first);  // what was shown was left alone
        QCOMPARE(scroll->verticalScrollBar()->value(), 200);
        QCOMPARE(page.videos()->list()->verticalScrollBar()->value(), 120);
        QCOMPARE(page.video(), world.a());
    }

    void emptyStates() {
        const QTemporaryDir place;
        CaptionWorld world;
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        const auto says = [&](const char* words) {
            for (const QLabel* label : page.steps()->findChildren<QLabel*>()) {
                if (label->isVisible() && label->text().contains(QLatin1String(words))) return true;
            }
            return false;
        };
        QTRY_VERIFY(says("No captions yet"));  // a run without a step
        world.say(0, "a man", 8);
        world.keep(0, {{"a man", world.a()}});
        Q_EMIT window.engine().captionsChanged(window.session().ref(world.run), 0);
        QTRY_COMPARE(page.steps()->steps(), 1);
        QVERIFY(says("One step so far"));
        page.showVideo(world.val());
        QTRY_VERIFY(says("Not a training video"));
        {
            auto none = Project::create(path(place.filePath(QStringLiteral("none.rest"))));
            none.put_videos(world.videos);
        }
        window.openProject(place.filePath(QStringLiteral("none.rest")));
        QTRY_VERIFY(window.session().videos()->videos.size() == 5 && window.session().idle());
        window.showPage(MainWindow::Page::captions);
        QTRY_VERIFY(says("No run yet"));
    }

    void sideBySide() {
        CaptionWorld world;
        world.fill();
        MainWindow window;
        CaptionsPage& page = openPage(window, world);
        const auto places = [&] {
            QList<QPoint> out;
            for (const StepSection* section : page.steps()->findChildren<StepSection*>()) out << section->pos();
            return out;
        };
        QTRY_VERIFY(places()[1].y() > places()[0].y() && places()[1].x() == places()[0].x());
        page.steps()->setSideBySide(true);
        QTRY_VERIFY(places()[1].y() == places()[0].y() && places()[1].x() > places()[0].x() + 200);
    }
};

REST_TEST(TestUiCaptions)
#include "test_ui_captions.moc"
