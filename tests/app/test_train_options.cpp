// SPDX-License-Identifier: GPL-3.0-or-later
// Every option of `rest train` takes effect or is rejected; none is ignored.
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/store/project.h"
#include "tests/app/rest_command.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;

class TestTrainOptions : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    QString project_;
    QByteArray err_;

    int train(const QStringList& arguments) {
        auto [status, out, err] =
            test::run_rest(QStringList{QStringLiteral("train"), project_} + arguments, test::environment_in(dir_));
        err_ = std::move(err);
        return status;
    }

  private Q_SLOTS:
    /// A project with a run that was stopped before it began.
    void initTestCase() {
        auto project = Project::create(dir_.filePath(QStringLiteral("p")).toStdString());
        project_ = QString::fromStdString(project.folder().string());
        const auto run = project.add_run("first", R"({"epochs": 6, "neighbours": 4})");
        project.set_run_status(run, RunStatus::cancelled);
    }

    void twoValuesOfOneSettingAreRefused() {
        QCOMPARE(train({"--set", "epochs=6", "--set", "epochs=12"}), 2);
        QVERIFY2(err_.contains("epochs=6") && err_.contains("epochs=12"), err_.constData());
    }

    void whatAResumedRunDoesNotTakeIsNamed() {
        QCOMPARE(train({"--resume", "--set", "epochs=12", "--set", "learning_rate=1e-6"}), 2);
        QVERIFY2(err_.contains("epochs = 6, not 12") && err_.contains("learning_rate = 2e-05, not 1e-06"),
                 err_.constData());
        const auto config = dir_.filePath(QStringLiteral("c.json"));
        write_file_atomically(config.toStdString(), R"({"neighbours": 16, "epochs": 6})");
        QCOMPARE(train({"--resume", "--config", config}), 2);
        QVERIFY2(err_.contains("neighbours = 4, not 16") && !err_.contains("epochs"), err_.constData());
        QCOMPARE(train({"--resume", "--preset", "demo"}), 2);
        QVERIFY2(err_.contains("batch_size = 64, not 8"), err_.constData());
        QCOMPARE(train({"--resume", "--name", "second"}), 2);
        QVERIFY2(err_.contains("\"first\", not \"second\""), err_.constData());
        QCOMPARE(train({"--changed-clips", "leave-out"}), 2);  // without --resume
        QCOMPARE(Project::open(project_.toStdString()).run(1)->status, RunStatus::cancelled);
    }

    void whatChangesNothingIsTaken() {
        QCOMPARE(train({"--resume", "--set", "epochs=6", "--set", "threads=1"}), 2);  // it has no clips
        QVERIFY2(err_.contains("threads = 1 from here on") && err_.contains("no readable train videos"),
                 err_.constData());
    }
};

REST_TEST(TestTrainOptions)
#include "test_train_options.moc"
