// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands report about models whose files leave something open.
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "core/base/paths.h"
#include "tests/app/rest_command.h"
#include "tests/support/test_program.h"

using namespace rest;
namespace fs = std::filesystem;

class TestModelCommands : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path clip_;
    QByteArray out_, err_;

    int rest(const QStringList& arguments) {
        auto [status, out, err] = test::run_rest(arguments, test::environment_in(dir_));
        out_ = std::move(out);
        err_ = std::move(err);
        return status;
    }

  private Q_SLOTS:
    void initTestCase() {
        clip_ = fs::path(dir_.path().toStdString()) / "clip";
        fs::copy(resources_dir() / "demo" / "clip", clip_);
        fs::remove(clip_ / "preprocessor_config.json");
    }

    void doctorSaysWhoTold() {
        QCOMPARE(rest({"doctor", QString::fromStdString(clip_.string()), "--json"}), 0);
        const auto said = nlohmann::json::parse(out_.toStdString());
        const auto& settings = said["settings"];
        QCOMPARE(settings["vision_heads"]["source"].get<std::string>(),
                 std::string("config.json: vision_config.num_attention_heads"));
        QVERIFY(!settings["activation"]["assumed"].get<bool>());
        QVERIFY(settings["pixel_mean"]["assumed"].get<bool>());
        QVERIFY(said["warnings"].dump().find("pixel mean") != std::string::npos);
        QCOMPARE(rest({"doctor", QString::fromStdString(clip_.string())}), 0);
        QVERIFY2(out_.contains("Vision heads: ") && out_.contains("(assumed)"), out_);
    }

    void initSaysWhatIsAssumed() {
        QCOMPARE(rest({"init", dir_.filePath("a"), "--clip", QString::fromStdString(clip_.string())}), 0);
        QVERIFY2(err_.contains("Assumed") && err_.contains("pixel mean"), err_);
        QCOMPARE(rest({"init", dir_.filePath("b")}), 0);
        QVERIFY2(!err_.contains("Assumed"), err_);
    }
};

REST_TEST(TestModelCommands)
#include "test_model_commands.moc"
