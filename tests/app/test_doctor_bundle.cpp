// SPDX-License-Identifier: GPL-3.0-or-later
// `rest doctor` from the command line: with a checkpoint, with --bundle, and with neither.
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/store/project.h"
#include "tests/app/rest_command.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::store;
namespace fs = std::filesystem;

class TestDoctorBundle : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path root_;
    QByteArray out_, err_;

    int rest(const QStringList& arguments) {
        auto [status, out, err] =
            test::run_rest(QStringList{QStringLiteral("doctor")} + arguments, test::environment_in(dir_));
        out_ = std::move(out);
        err_ = std::move(err);
        return status;
    }

  private Q_SLOTS:
    void initTestCase() {
        root_ = dir_.path().toStdString();
        Project::create(root_ / "mine.rest");
    }

    void aReportIsSaved() {
        const QString file = dir_.filePath(QStringLiteral("report.zip"));
        QCOMPARE(rest({"--bundle", file, dir_.filePath("mine.rest"), "--json"}), 0);
        const auto said = nlohmann::json::parse(out_.toStdString());
        QCOMPARE(said["bytes"].get<qint64>(), QFileInfo(file).size());
        for (const char* entry : {"project.json", "logs/rest.log"}) {
            QVERIFY2(std::ranges::count(said["entries"], entry) == 1, entry);
        }
        QCOMPARE(read_file(file.toStdString()).substr(0, 2), std::string("PK"));
        QCOMPARE(rest({"--bundle", file}), 0);
        QVERIFY(out_.contains("versions.json") && !out_.contains("project.json"));
    }

    void wrongUseIsTold() {
        QCOMPARE(rest({}), 2);
        QVERIFY2(err_.contains("--bundle"), err_);
        QCOMPARE(rest({"--bundle", dir_.filePath("x.zip"), dir_.filePath("nowhere.rest")}), 1);
        QVERIFY2(err_.contains("nowhere.rest"), err_);
        QVERIFY(!QFileInfo::exists(dir_.filePath("x.zip")));
        QCOMPARE(rest({"--bundle", dir_.filePath("no folder/x.zip")}), 1);
        QVERIFY2(err_.contains("no folder/x.zip"), err_);
    }

    void aCheckpointIsExamined() {
        const auto demo = resources_dir() / "demo";
        int models = 0;
        for (const auto& model : fs::directory_iterator(demo)) {
            if (!fs::exists(model.path() / "config.json")) continue;
            QCOMPARE(rest({QString::fromStdString(model.path().string()), "--json"}), 0);
            QCOMPARE(nlohmann::json::parse(out_.toStdString())["ready"].get<bool>(), true);
            ++models;
        }
        QCOMPARE(models, 2);
        QCOMPARE(rest({dir_.filePath("nowhere")}), 1);
        QVERIFY2(out_.contains("Cannot be read"), out_);
    }
};

REST_TEST(TestDoctorBundle)
#include "test_doctor_bundle.moc"
