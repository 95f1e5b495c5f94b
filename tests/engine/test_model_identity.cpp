// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a model is the one that a run began with: by what loading it reads, and by nothing that lies beside.
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/engine/inference/model_identity.h"
#include "tests/support/error_text.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

class TestModelIdentity : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    int made_ = 0;

    fs::path put(const std::map<std::string, std::string>& files) {
        const auto folder = fs::path(dir_.path().toStdString()) / ("model " + std::to_string(++made_));
        for (const auto& [name, content] : files) {
            fs::create_directories((folder / name).parent_path());
            write_file_atomically(folder / name, content);
        }
        return folder;
    }

    static std::map<std::string, std::string> plain() {
        return {{"config.json", "{}"}, {"vocab.txt", "[PAD]"}, {"model.safetensors", "weights"}};
    }

    bool same(const fs::path& a, const fs::path& b) const {
        const auto one = identify_model(a), other = identify_model(b);
        const auto kept = model_identity_from_json(to_json(one));
        if (kept.same_model(other) != one.same_model(other) || other.same_model(one) != one.same_model(other))
            qFatal("the two directions differ");
        return one.same_model(other);
    }

  private Q_SLOTS:
    void whatIsReadCounts() {
        const auto first = put(plain());
        QVERIFY(same(first, put(plain())));
        for (const char* name : {"config.json", "vocab.txt", "model.safetensors"}) {
            auto files = plain();
            files[name] += " ";
            QVERIFY2(!same(first, put(files)), name);
        }
        for (const char* name : {"preprocessor_config.json", "tokenizer.json", "open_clip_config.json"}) {
            auto files = plain();
            files[name] = "{}";
            QVERIFY2(!same(first, put(files)), name);
        }
        auto files = plain();
        files.erase("vocab.txt");
        files["tokenizer.json"] = "{}";
        QVERIFY(!same(first, put(files)));
    }

    /// The record of a download names the mirror it came from; trainers leave notes.
    void whatLiesBesideDoesNot() {
        const auto first = put(plain());
        auto files = plain();
        for (const char* name : {"rest-model.json", "README.txt", "state.json", "trainer_state.json",
                                 "generation_config.json", "pytorch_model.bin", "optimizer.pt"})
            files[name] = "something";
        QVERIFY(same(first, put(files)));
    }

    void deepSpeedsPiecesAreFound() {
        const std::map<std::string, std::string> files = {{"latest", "global_step9\n"},
                                                          {"global_step9/mp_rank_00_model_states.pt", "weights"},
                                                          {"global_step9/vocab.txt", "[PAD]"}};
        const auto model = put(files);
        const auto identity = identify_model(model);
        QCOMPARE(identity.files.size(), size_t{2});
        QCOMPARE(identity.files[0].name, std::string("global_step9/mp_rank_00_model_states.pt"));
        QVERIFY(same(model, put(files)));
        auto other = files;
        other["global_step9/mp_rank_00_model_states.pt"] = "others";
        QVERIFY(!same(model, put(other)));
    }

    void everyPieceCounts() {
        std::map<std::string, std::string> files = {
            {"model.safetensors.index.json",
             R"({"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}})"},
            {"model-00001-of-00002.safetensors", "one"},
            {"model-00002-of-00002.safetensors", "two"}};
        const auto first = put(files);
        files["model-00002-of-00002.safetensors"] = "2wo";
        const auto other = put(files);
        for (const char* named : {"", "model.safetensors.index.json", "model-00001-of-00002.safetensors"}) {
            QVERIFY2(!same(first / named, other / named), named);
            QVERIFY2(same(first / named, first / named), named);
        }
        QVERIFY(says(error_text([&] { identify_model(put({{"config.json", "{}"}})); }), {"model.safetensors"}));
    }

    void aFileMayBeRenamedButNotItsVocabulary() {
        const auto first = put({{"a.pth", "weights"}, {"vocab.txt", "[PAD]"}});
        QVERIFY(same(first / "a.pth", put({{"b.pth", "weights"}, {"vocab.txt", "[PAD]"}}) / "b.pth"));
        QVERIFY(!same(first / "a.pth", put({{"a.pth", "weights"}, {"vocab.txt", "[UNK]"}}) / "a.pth"));
        QVERIFY(!same(first / "a.pth", put({{"a.pth", "others"}, {"vocab.txt", "[PAD]"}}) / "a.pth"));
    }

    /// Runs that began with an earlier program go on: it listed whatever lay there, and of a file that alone.
    void whatEarlierProgramsKept() {
        const auto kept = [](const ModelIdentity& identity, const std::vector<std::string>& more,
                             const std::vector<std::string>& without = {}) {
            auto json = nlohmann::json::parse(to_json(identity));
            json.erase("all_that_is_read");
            for (const auto& name : more)
                json["files"].push_back({{"name", name}, {"bytes", 7}, {"time_ns", 1}, {"checksum", 3}});
            std::erase_if(json["files"].get_ref<nlohmann::json::array_t&>(), [&](const auto& file) {
                return std::ranges::count(without, file["name"].template get<std::string>()) > 0;
            });
            return model_identity_from_json(json.dump());
        };
        const auto now = identify_model(put(plain()));
        QVERIFY(kept(now, {"rest-model.json", "pytorch_model.bin"}).same_model(now));
        const auto file = identify_model(put(plain()) / "model.safetensors");
        QVERIFY(kept(file, {}, {"config.json", "vocab.txt"}).same_model(file));
        auto files = plain();
        files["model.safetensors"] = "others!";
        QVERIFY(!kept(now, {"rest-model.json"}).same_model(identify_model(put(files))));
        files = plain();
        files["vocab.txt"] = "[UNK]";
        QVERIFY(!kept(now, {"rest-model.json"}).same_model(identify_model(put(files))));
    }
};

REST_TEST(TestModelIdentity)
#include "test_model_identity.moc"
