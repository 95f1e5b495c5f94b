// SPDX-License-Identifier: GPL-3.0-or-later
// `rest train --config` trains with every field of a file that the window exports.
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/engine/settings/own_presets.h"
#include "core/store/project.h"
#include "tests/app/rest_command.h"
#include "tests/support/other_settings.h"
#include "tests/support/test_program.h"

using namespace rest;

class TestTrainConfig : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    /// The settings of the run that the command adds; it ends there, since the project has no videos.
    std::string settingsOfARun(const QString& name, const QStringList& options) const {
        const auto project = store::Project::create(folder_.filePath(name).toStdString()).folder();
        const auto ran =
            test::run_rest(QStringList{QStringLiteral("train"), QString::fromStdString(project.string())} + options,
                           test::environment_in(folder_));
        const auto runs = store::Project::open(project, store::OpenMode::read_only).runs();
        return runs.empty() ? ran.err.toStdString() : runs.back().settings_json;
    }

  private Q_SLOTS:
    void everyFieldOfAnExportedFile() {
        const auto file = folder_.filePath(QStringLiteral("ü settings.json"));
        engine::write_settings_file(file.toStdString(), test::other_settings());
        QCOMPARE(settingsOfARun(QStringLiteral("a"), {QStringLiteral("--config"), file}),
                 engine::to_json(test::other_settings()));
    }

    void aPresetOfOnesOwn() {
        engine::save_own_preset("mine", test::other_settings(),
                                folder_.filePath(QStringLiteral("config/rest-studio/presets")).toStdString());
        QCOMPARE(settingsOfARun(QStringLiteral("b"), {QStringLiteral("--preset"), QStringLiteral("mine")}),
                 engine::to_json(test::other_settings()));
        const auto refused = settingsOfARun(QStringLiteral("c"), {QStringLiteral("--preset"), QStringLiteral("none")});
        QVERIFY2(refused.find("mine") != std::string::npos && refused.find("paper") != std::string::npos,
                 refused.c_str());
    }
};

REST_TEST(TestTrainConfig)
#include "test_train_config.moc"
