// SPDX-License-Identifier: GPL-3.0-or-later
// The demo opens, and trains what was never trained.
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/base/paths.h"
#include "core/demo/demo_job.h"
#include "core/engine/run/train_job.h"
#include "core/engine/run/train_order.h"
#include "tests/support/test_program.h"
#include "tests/ui/made_project.h"
#include "tests/ui/waiting_job.h"
#include "ui/session/engine_client.h"

using namespace rest;
using namespace rest::ui;

class TestUiDemo : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QByteArray home_;

    static QString place() { return text(demo::demo_project(data_dir() / "demo")); }

  private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        home_ = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", folder_.path().toUtf8());
        QDir().mkpath(QFileInfo(place()).absolutePath());
    }
    void cleanupTestCase() { qputenv("XDG_DATA_HOME", home_); }

    void itsTrainingIsOfTheModelsThatWereChosen() {
        const store::ProjectModels chosen{.captioner = "/models/blip", .clip = "/models/clip"};
        const MadeProject made(place());
        store::Project::open(path(made.folder)).set_models(chosen);
        MainWindow window;
        window.show();
        const auto gate = std::make_shared<Gate>();
        window.engine().submit(std::make_unique<WaitingJob>("before it", gate));
        window.openDemo();
        QTRY_COMPARE(window.engine().jobs().size(), size_t{2});
        const auto& order = window.engine().jobs().back().order;
        QVERIFY(order);
        QVERIFY(engine::params_of(*order).models == chosen);
        QVERIFY(fs_same(order->project, made.folder));
        window.engine().cancelAll();
        QTRY_VERIFY(!window.engine().busy());

        made.addRun("REST");  // then it only opens
        window.openDemo();
        QSignalSpy opened(&window.session(), &ProjectSession::opened);
        QTRY_COMPARE(opened.count(), 1);
        QTRY_VERIFY(window.session().idle());
        QVERIFY(!window.engine().busy());
    }

  private:
    static bool fs_same(const std::filesystem::path& a, const QString& b) {
        return std::filesystem::equivalent(a, path(b));
    }
};

REST_TEST(TestUiDemo)
#include "test_ui_demo.moc"
