// SPDX-License-Identifier: GPL-3.0-or-later
// Settings and checks belong to their project; no single key loses typed values or an epoch.
#include <QComboBox>
#include <QFile>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/engine/settings/own_presets.h"
#include "tests/support/other_settings.h"
#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "tests/ui/waiting_job.h"
#include "ui/controls/undo_bar.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_memory.h"
#include "ui/shell/job_strip.h"
#include "ui/train/check_panel.h"
#include "ui/train/run_bar.h"
#include "ui/train/setting_row.h"
#include "ui/train/settings_panel.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::ui;

namespace {

/// A training as pages see it: reports which run it works on, then works.
class RunJob final : public WaitingJob {
  public:
    RunJob(store::RunRef run, std::shared_ptr<Gate> gate)
        : WaitingJob("Train: probe", std::move(gate)), run_(std::move(run)) {}
    std::string run(JobContext& context) override {
        context.emit(RunChanged{context.id(), run_});
        return WaitingJob::run(context);
    }

  private:
    store::RunRef run_;
};

}  // namespace

class TestUiTrainPage : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    int made_ = 0;

    MadeProject project() { return MadeProject(folder_.filePath(QStringLiteral("p%1.rest").arg(++made_))); }

    static SettingForm& form(MainWindow& window) { return *window.trainPage().form(); }

    static QString words(const QWidget& widget) {
        QStringList texts;
        for (const QLabel* label : widget.findChildren<QLabel*>()) {
            if (label->isVisibleTo(&widget)) texts << label->text();
        }
        return texts.join(QChar('\n'));
    }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        qputenv("XDG_CONFIG_HOME", folder_.filePath(QStringLiteral("config")).toUtf8());
    }

    void theSameKeyPausesAndResumes() {
        const auto made = project();
        const auto run = made.addRun("REST");
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::train);
        QTRY_COMPARE(window.runs().rowCount(), 1);
        const auto gate = std::make_shared<Gate>();
        const JobId id = window.engine().submit(std::make_unique<RunJob>(window.session().ref(run), gate));
        QPushButton* pause = window.trainPage().runBar().pauseButton();
        QTRY_VERIFY(pause->isVisible() && pause->isEnabled());
        window.activateWindow();
        pause->setFocus();
        QTRY_VERIFY(pause->hasFocus());
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(pause->text(), QStringLiteral("Pause"));
            QTest::keyClick(window.focusWidget(), Qt::Key_Space);
            QTRY_COMPARE(window.engine().find(id)->state, JobState::paused);
            QTRY_COMPARE(pause->text(), QStringLiteral("Resume"));
            QVERIFY(pause->hasFocus());
            QTest::keyClick(window.focusWidget(), Qt::Key_Space);
            QTRY_COMPARE(window.engine().find(id)->state, JobState::running);
            QTRY_COMPARE(pause->text(), QStringLiteral("Pause"));
            QVERIFY(pause->hasFocus());
        }
        // The training ends just before the key press: the key presses no button of this bar any more.
        gate->open = true;
        QTRY_VERIFY(!window.engine().busy());
        QTRY_VERIFY(!pause->isEnabled());
        QVERIFY(window.focusWidget() != window.trainPage().runBar().cancelButton());
    }

    void cancelCanBeTakenBack() {
        const auto made = project();
        const auto run = made.addRun("REST");
        MainWindow window;
        QVERIFY(openIn(window, made));
        window.showPage(MainWindow::Page::train);
        const auto gate = std::make_shared<Gate>();
        const JobId id = window.engine().submit(std::make_unique<RunJob>(window.session().ref(run), gate));
        QPushButton* cancel = window.trainPage().runBar().cancelButton();
        QTRY_VERIFY(cancel->isEnabled() && gate->steps > 0);
        cancel->click();
        QVERIFY(!cancel->isEnabled());
        QVERIFY(window.undo().isVisible());
        window.undo().undo();
        QTRY_COMPARE(window.engine().find(id)->state, JobState::running);
        QTRY_VERIFY(cancel->isEnabled());
        window.engine().setGrace(1);
        cancel->click();
        QTRY_VERIFY(!window.engine().busy());
        QTRY_VERIFY(!window.undo().isVisible());
    }

    void settingsComeBackWithTheirProject() {
        const auto a = project(), b = project();
        {
            MainWindow window;
            QVERIFY(openIn(window, a));
            form(window).setSettings(test::other_settings());
            form(window).row("batch_size")->setValue(QStringLiteral("many"));  // half typed
            QVERIFY(openIn(window, b));
            QCOMPARE(to_json(form(window).settings()), to_json(preset("paper")));
            form(window).row("epochs")->setValue(QStringLiteral("7"));
            QVERIFY(openIn(window, a));
            QCOMPARE(form(window).row("batch_size")->value(), QStringLiteral("many"));
            QVERIFY(!form(window).valid());
            for (const auto& info : setting_infos()) {
                if (info.name == "batch_size") continue;
                QCOMPARE(form(window).row(info.name)->value(), text(setting_text(test::other_settings(), info.name)));
            }
            QVERIFY(openIn(window, b));
            QCOMPARE(form(window).settings().optimisation.epochs, int64_t{7});
        }
        MainWindow another_day;
        QVERIFY(openIn(another_day, b));
        QCOMPARE(form(another_day).settings().optimisation.epochs, int64_t{7});
    }

    void openingAProjectWritesNothing() {
        const auto made = project();
        {
            MainWindow window;
            QVERIFY(openIn(window, made));
        }
        QVERIFY(!QFile::exists(made.folder + QStringLiteral("/window.json")));
    }

    void aDamagedMemoryIsNoHindrance() {
        const auto made = project();
        for (const char* content : {"", "[]", "{\"train settings\": 5, \"check\": [], \"last line\": {}}",
                                    "{\"train settings\": {\"preset\": \"gone\", \"values\": {\"no_such\": \"1\"}}}"}) {
            write_file_atomically(path(made.folder) / "window.json", content);
            MainWindow window;
            QVERIFY(openIn(window, made));
            QCOMPARE(to_json(form(window).settings()), to_json(preset("paper")));
        }
    }

    void aPresetCanBeTakenBack() {
        const auto made = project();
        MainWindow window;
        QVERIFY(openIn(window, made));
        SettingsPanel& panel = window.trainPage().settings();
        form(window).row("epochs")->setValue(QStringLiteral("7"));
        form(window).row("batch_size")->setValue(QStringLiteral("many"));
        panel.choosePreset(QStringLiteral("demo"));
        QCOMPARE(to_json(form(window).settings()), to_json(preset("demo")));
        QCOMPARE(window.undo().offers(), 1);
        window.undo().undo();
        QCOMPARE(form(window).row("epochs")->value(), QStringLiteral("7"));
        QCOMPARE(form(window).row("batch_size")->value(), QStringLiteral("many"));
        QCOMPARE(panel.presetChoice()->currentText(), QStringLiteral("paper"));
        QVERIFY(!form(window).row("epochs")->findChild<QToolButton*>()->isHidden());  // marked as different from the
                                                                                      // paper's
        // In another project there is nothing to undo.
        panel.choosePreset(QStringLiteral("demo"));
        const auto other = project();
        QVERIFY(openIn(window, other));
        window.undo().undo();
        QCOMPARE(to_json(form(window).settings()), to_json(preset("paper")));
    }

    void theSettingsOfARun() {
        const auto made = project();
        store::RunId run = 0;
        {
            auto store = store::Project::open(path(made.folder));
            run = store.add_run("REST", to_json(test::other_settings()));
        }
        MainWindow window;
        QVERIFY(openIn(window, made));
        QTRY_COMPARE(window.runs().rowCount(), 1);
        form(window).row("epochs")->setValue(QStringLiteral("7"));
        window.trainPage().useSettingsOf(window.session().ref(run));
        QCOMPARE(to_json(form(window).settings()), to_json(test::other_settings()));
        window.undo().undo();
        QCOMPARE(form(window).settings().optimisation.epochs, int64_t{7});
    }

    void ownPresets() {
        const auto made = project();
        MainWindow window;
        QVERIFY(openIn(window, made));
        SettingsPanel& panel = window.trainPage().settings();
        form(window).setSettings(test::other_settings());
        panel.savePreset(QStringLiteral("mine"));
        QCOMPARE(panel.presetChoice()->currentText(), QStringLiteral("mine"));
        QVERIFY(!form(window).differsFromPreset());
        panel.choosePreset(QStringLiteral("paper"));
        panel.choosePreset(QStringLiteral("mine"));
        QCOMPARE(to_json(form(window).settings()), to_json(test::other_settings()));
        {
            MainWindow another;
            QVERIFY(another.trainPage().settings().presetChoice()->findText(QStringLiteral("mine")) >= 0);
        }
        panel.deletePreset(QStringLiteral("mine"));
        QVERIFY(own_presets().empty());
        QCOMPARE(panel.presetChoice()->findText(QStringLiteral("mine")), -1);
        QCOMPARE(to_json(form(window).settings()), to_json(test::other_settings()));
        window.undo().undo();
        QCOMPARE(own_presets(), (std::vector<std::string>{"mine"}));
        QCOMPARE(panel.presetChoice()->currentText(), QStringLiteral("mine"));
        panel.savePreset(QStringLiteral("a/b"));  // refused, with an error message
        QCOMPARE(own_presets(), (std::vector<std::string>{"mine"}));
        QVERIFY(
            window.findChild<NoticeBar*>(QStringLiteral("windowNotice"))->message().contains(QStringLiteral("a/b")));
        delete_own_preset("mine");
    }

    void exportedAndImported() {
        const auto made = project();
        MainWindow window;
        QVERIFY(openIn(window, made));
        SettingsPanel& panel = window.trainPage().settings();
        const QString file = folder_.filePath(QStringLiteral("ü settings.json"));
        form(window).setSettings(test::other_settings());
        panel.exportTo(file);
        QCOMPARE(to_json(read_settings_file(path(file))), to_json(test::other_settings()));
        panel.choosePreset(QStringLiteral("demo"));
        panel.importFrom(file);
        QCOMPARE(to_json(form(window).settings()), to_json(test::other_settings()));
        panel.importFrom(QStringLiteral("/nowhere/x.json"));
        QVERIFY(
            window.findChild<NoticeBar*>(QStringLiteral("windowNotice"))->message().contains(QStringLiteral("x.json")));
    }

    void searchFindsByNameLabelAndHelp() {
        MainWindow window;
        SettingForm& settings = form(window);
        const auto shown = [&] {
            QStringList names;
            for (const auto& info : setting_infos()) {
                if (!settings.row(info.name)->isHidden()) names << text(info.name);
            }
            return names;
        };
        QVERIFY(settings.filter(QStringLiteral("micro")) >= 1);
        QVERIFY(shown().contains(QStringLiteral("micro_batch")));
        QVERIFY(!shown().contains(QStringLiteral("beams")));
        QCOMPARE(settings.filter(QStringLiteral("no such words at all")), 0);
        QVERIFY(settings.filter(QStringLiteral("learning RATE")) >= 2);
        QVERIFY(shown().contains(QStringLiteral("minimal_learning_rate")));
        QCOMPARE(settings.filter({}), static_cast<int>(setting_infos().size()));
    }

    void checkAndLastLineComeBackWithTheirProject() {
        const auto a = project(), b = project();
        MainWindow window;
        QVERIFY(openIn(window, a));
        form(window).row("neighbours")->setValue(QStringLiteral("5000"));
        window.trainPage().check();
        auto* panel = window.trainPage().findChild<CheckPanel*>();
        QTRY_VERIFY_WITH_TIMEOUT(!window.engine().busy(), 30000);
        QTRY_VERIFY(words(*panel).contains(QStringLiteral("Videos to train on")));
        const QString line = words(window.strip());
        QVERIFY2(line.contains(QStringLiteral("Done:")), qPrintable(line));
        const QString found = words(*panel);
        QVERIFY(found.contains(QStringLiteral("H = 5000")));

        QVERIFY(openIn(window, b));
        QVERIFY(!words(*panel).contains(QStringLiteral("H = 5000")));
        QVERIFY(!words(window.strip()).contains(QStringLiteral("Done:")));
        QVERIFY(openIn(window, a));
        QCOMPARE(words(*panel), found);
        QCOMPARE(words(window.strip()), line);
        form(window).row("neighbours")->setValue(QStringLiteral("6000"));
        QVERIFY(words(*panel).contains(QStringLiteral("other settings")));
    }

    void aJobOfAnotherProjectIsToldThere() {
        const auto a = project(), b = project();
        MainWindow window;
        QVERIFY(openIn(window, a));
        const auto gate = std::make_shared<Gate>();
        window.engine().submit(std::make_unique<WaitingJob>("of a", gate, a.folder.toStdString()));
        QVERIFY(openIn(window, b));
        gate->open = true;
        QTRY_VERIFY(!window.engine().busy());
        QVERIFY(!words(window.strip()).contains(QStringLiteral("through")));
        QVERIFY(openIn(window, a));
        QVERIFY(words(window.strip()).contains(QStringLiteral("Done: through")));
    }
};

REST_TEST(TestUiTrainPage)
#include "test_ui_train_page.moc"
