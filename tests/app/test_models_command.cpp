// SPDX-License-Identifier: GPL-3.0-or-later
// `rest models` from the command line, with the demo's captioner on a hub on this machine.
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/store/project.h"
#include "tests/app/rest_command.h"
#include "tests/support/hub_server.h"
#include "tests/support/test_program.h"

using namespace rest;
namespace fs = std::filesystem;

class TestModelsCommand : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::unique_ptr<test::HubServer> hub_;
    QProcessEnvironment environment_;
    QByteArray out_, err_;

    static std::map<std::string, test::HubServer::File> demo_captioner() {
        std::map<std::string, test::HubServer::File> files;
        for (const char* name : {"config.json", "preprocessor_config.json", "vocab.txt", "model.safetensors"}) {
            const auto content = read_file(resources_dir() / "demo" / "blip" / name);
            files[name] = {content, std::string(name) == "model.safetensors"};
        }
        return files;
    }

    int rest(const QStringList& arguments) {
        auto [status, out, err] = test::run_rest(arguments, environment_, dir_.path());
        out_ = std::move(out);
        err_ = std::move(err);
        return status;
    }

    nlohmann::json listed(const std::string& name) {
        if (rest({"models", "list", "--json"}) != 0) return {};
        for (const auto& row : nlohmann::json::parse(out_.toStdString())) {
            if (row["name"] == name) return row;
        }
        return {};
    }
    fs::path store() const { return fs::path(dir_.path().toStdString()) / "data" / "rest-studio" / "models"; }

  private Q_SLOTS:
    void init() {
        hub_ = std::make_unique<test::HubServer>("Salesforce/blip-image-captioning-base", demo_captioner());
        QDir(dir_.filePath(QStringLiteral("data"))).removeRecursively();
        environment_ = QProcessEnvironment::systemEnvironment();
        for (const char* name :
             {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH", "HF_HUB_OFFLINE", "HF_HUB_CACHE",
              "HUGGINGFACE_HUB_CACHE", "TRANSFORMERS_OFFLINE", "http_proxy", "HTTP_PROXY"})
            environment_.remove(QString::fromLatin1(name));
        environment_.insert(QStringLiteral("HF_HUB_DISABLE_IMPLICIT_TOKEN"), QStringLiteral("1"));
        for (const auto& [name, folder] : std::map<const char*, const char*>{
                 {"XDG_STATE_HOME", "state"}, {"XDG_DATA_HOME", "data"}, {"HF_HOME", "hf"}})
            environment_.insert(QString::fromLatin1(name), dir_.filePath(QString::fromLatin1(folder)));
        environment_.insert(QStringLiteral("HF_ENDPOINT"), QString::fromStdString(hub_->endpoint()));
    }

    void gotUsedCheckedRemoved() {
        QCOMPARE(listed("blip-base")["state"].get<std::string>(), std::string("available"));
        QCOMPARE(rest({"init", "early", "--captioner", "blip-base"}), 1);
        QVERIFY2(err_.contains("rest models get blip-base"), err_);

        QCOMPARE(rest({"models", "get", "blip-base"}), 0);
        QVERIFY2(err_.contains("BSD-3-Clause") && err_.contains(hub_->commit.substr(0, 12).c_str()), err_);
        QVERIFY2(out_.contains("Got blip-base"), out_);
        const auto row = listed("blip-base");
        QVERIFY(row["usable"].get<bool>() && row["commit"] == hub_->commit);

        QCOMPARE(rest({"init", "mine", "--captioner", "blip-base"}), 0);
        QCOMPARE(store::Project::open(dir_.filePath("mine.rest").toStdString(), store::OpenMode::read_only)
                     .models()
                     .captioner,
                 std::string("blip-base"));

        QCOMPARE(rest({"models", "check", "blip-base", "--json"}), 0);
        const auto verdict = nlohmann::json::parse(out_.toStdString());
        QVERIFY(verdict["problems"].empty() && verdict["without_digest"].empty() &&
                verdict["report"]["ready"].get<bool>());

        auto weights = read_file(store() / "blip-base" / "model.safetensors");
        weights.back() ^= 1;
        write_file_atomically(store() / "blip-base" / "model.safetensors", weights);
        QCOMPARE(rest({"models", "check", "blip-base"}), 1);
        QVERIFY2(err_.contains("model.safetensors") && err_.contains("wrong bytes"), err_);

        QCOMPARE(rest({"models", "remove", "blip-base"}), 0);
        QVERIFY(!fs::exists(store() / "blip-base"));
        QCOMPARE(rest({"models", "remove", "blip-base"}), 1);
    }

    void whatIsNoModelIsTold() {
        hub_ = std::make_unique<test::HubServer>(
            "Salesforce/blip-image-captioning-base",
            std::map<std::string, test::HubServer::File>{{"config.json", {"{}"}},
                                                         {"preprocessor_config.json", {"{}"}},
                                                         {"vocab.txt", {"x"}},
                                                         {"pytorch_model.bin", {"no", true}}});
        environment_.insert(QStringLiteral("HF_ENDPOINT"), QString::fromStdString(hub_->endpoint()));
        QCOMPARE(rest({"models", "get", "blip-base"}), 1);
        QVERIFY2(err_.contains("cannot be used") && err_.contains("pytorch_model.bin"), err_);
    }

    void wordsForNoNetwork() {
        QCOMPARE(rest({"models", "get", "clip-vit-b-32", "--by-hand"}), 0);
        QVERIFY2(out_.contains("/openai/clip-vit-base-patch32/resolve/main/model.safetensors"), out_);
        QVERIFY(out_.contains((store() / "clip-vit-b-32").c_str()));
        environment_.insert(QStringLiteral("HF_HUB_OFFLINE"), QStringLiteral("1"));
        QCOMPARE(rest({"models", "get", "clip-vit-b-32"}), 1);
        QVERIFY2(err_.contains("HF_HUB_OFFLINE") && err_.contains("rest models check"), err_);
        QVERIFY(hub_->asked().empty());
    }

    void addedFolder() {
        const auto folder = QString::fromStdString((resources_dir() / "demo" / "clip").string());
        QCOMPARE(rest({"models", "add", folder, "--name", "tiny-clip"}), 0);
        const auto row = listed("tiny-clip");
        QCOMPARE(row["state"].get<std::string>(), std::string("added"));
        QCOMPARE(row["use"].get<std::string>(), std::string("clip"));
        QCOMPARE(rest({"init", "with", "--clip", "tiny-clip"}), 0);
        QCOMPARE(rest({"models", "add", dir_.path()}), 1);
        QVERIFY2(err_.contains("cannot be used"), err_);
    }

    void wrongUse() {
        QCOMPARE(rest({"models"}), 2);
        QCOMPARE(rest({"models", "get", "no such model"}), 2);
        QCOMPARE(rest({"models", "get", "blip-base", "--endpoint", "nowhere"}), 2);
        QVERIFY2(err_.contains("--endpoint"), err_);
    }
};

REST_TEST(TestModelsCommand)
#include "test_models_command.moc"
