// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <array>
#include <filesystem>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/safetensors.h"
#include "tests/checkpoint/made_checkpoint.h"
#include "tests/support/error_text.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::test;
namespace fs = std::filesystem;

/// The errors for files that are damaged, incomplete or not checkpoints.
class TestCheckpointProblems : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QTemporaryDir> dir_;
    fs::path dir() const { return fs::path(dir_->path().toStdString()); }

  private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void hostileConfigsAreRefused() {
        const std::string brackets = std::string(400'000, '[') + std::string(400'000, ']');
        write_safetensors(dir() / "model.safetensors", made(CheckpointKind::blip_captioner, tiny_blip()).weights);
        for (const std::string& config :
             {brackets, R"({"vision_config": {"hidden_size": )" + brackets + "}}",
              "{\"a\":\"" + std::string(1 << 20, 'x') + "\"}", std::string(R"({"text_config": {"vocab_size": 1e300}})"),
              std::string(R"({"vision_config": {"patch_size": 0}})"),
              std::string(R"({"text_config": {"layer_norm_eps": -1}})"), std::string("7")}) {
            write_file_atomically(dir() / "config.json", config);
            QVERIFY_THROWS_EXCEPTION(Error, read_checkpoint(dir()));
        }
    }

    void missingUnexpectedAndMisshapenTensorsAreNamed() {
        auto weights = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        weights.erase("vision_model.encoder.layers.1.mlp.fc2.bias");
        weights["vision_model.post_layernorm.weight"] = torch::ones({63});
        weights["text_decoder.extra"] = torch::ones({1});
        write_safetensors(dir() / "model.safetensors", weights);
        const auto read = read_checkpoint(dir());
        QCOMPARE(read.missing, std::vector<std::string>{"vision_model.encoder.layers.1.mlp.fc2.bias"});
        QCOMPARE(read.unexpected, std::vector<std::string>{"text_decoder.extra"});
        QVERIFY(mentions(read.misshapen, "vision_model.post_layernorm.weight has the shape (63)"));
        try {
            require_complete(read, CheckpointKind::blip_captioner);
            QFAIL("must throw");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::damaged);
            QVERIFY(std::string(e.what()).find("layers.1.mlp.fc2.bias") != std::string::npos);
        }
    }

    void layersThatConfigTellsOfAreMissed() {
        write_blip_folder(dir() / "out", made(CheckpointKind::blip_captioner, tiny_blip()), dir());
        auto config = rest::test::read_json(dir() / "out/config.json");
        config["text_config"]["num_hidden_layers"] = 3;
        write_file_atomically(dir() / "out/config.json", config.dump());
        const auto read = read_checkpoint(dir() / "out");
        QVERIFY(mentions(read.missing, "text_decoder.bert.encoder.layer.2."));
    }

    void impossibleConfigsAreRefused_data() {
        QTest::addColumn<QString>("section");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        for (const auto& row :
             std::vector<std::array<const char*, 3>>{{"text_config", "num_hidden_layers", "1000000000000"},
                                                     {"text_config", "num_attention_heads", "0"},
                                                     {"text_config", "num_attention_heads", "5"},
                                                     {"vision_config", "num_attention_heads", "-4"},
                                                     {"vision_config", "image_size", "\"big\""},
                                                     {"vision_config", "layer_norm_eps", "-1"},
                                                     {"vision_config", "hidden_act", "\"relu\""},
                                                     {"text_config", "bos_token_id", "1e400"},
                                                     {"text_config", "bos_token_id", "18446744073709551615"}}) {
            QTest::addRow("%s %s", row[1], row[2]) << row[0] << row[1] << row[2];
        }
    }

    void impossibleConfigsAreRefused() {
        QFETCH(QString, section);
        QFETCH(QString, key);
        QFETCH(QString, value);
        write_blip_folder(dir() / "out", made(CheckpointKind::blip_captioner, tiny_blip()), dir());
        write_file_atomically(dir() / "out/config.json", "{\"" + section.toStdString() + "\":{\"" + key.toStdString() +
                                                             "\":" + value.toStdString() + "}}");
        try {
            read_checkpoint(dir() / "out");
            QFAIL("must throw");
        } catch (const Error& e) {
            QVERIFY2(std::string(e.what()).find((dir() / "out").string()) != std::string::npos, e.what());
        }
    }

    void wrongFilesAreExplained_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("part");
        QTest::newRow("empty") << QByteArray() << "empty";
        QTest::newRow("LFS pointer") << QByteArray("version https://git-lfs.github.com/spec/v1\noid sha256:1\n")
                                     << "Git LFS";
        QTest::newRow("web page") << QByteArray("<!DOCTYPE html><html>") << "web page";
        QTest::newRow("text") << QByteArray("hello, this is no checkpoint") << "neither";
    }

    void wrongFilesAreExplained() {
        QFETCH(QByteArray, content);
        QFETCH(QString, part);
        write_file_atomically(dir() / "pytorch_model.bin", content.toStdString());
        try {
            read_checkpoint(dir());
            QFAIL("must throw");
        } catch (const Error& e) {
            QVERIFY2(QString(e.what()).contains(part), e.what());
        }
    }

    void foldersWithoutWeightsAreExplained() {
        QVERIFY_THROWS_EXCEPTION(Error, read_checkpoint(dir() / "nowhere"));
        write_file_atomically(dir() / "model.pth", "x");
        try {
            read_checkpoint(dir());
            QFAIL("must throw");
        } catch (const Error& e) {
            QVERIFY2(e.remedy().find("model.pth") != std::string::npos, e.remedy().c_str());
        }
        write_file_atomically(dir() / "model.safetensors.index.json", "{}");
        QVERIFY_THROWS_EXCEPTION(Error, read_checkpoint(dir()));
    }

    /// As bitsandbytes writes it: int8 weights beside their scales.
    void quantisedWeightsAreNamed() {
        auto weights = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        const std::string name = "text_decoder.bert.encoder.layer.0.attention.self.query.";
        weights[name + "weight"] = weights[name + "weight"].to(torch::kInt8);
        weights[name + "SCB"] = torch::ones({128});
        write_safetensors(dir() / "model.safetensors", weights);
        const auto said = error_text([&] { read_checkpoint(dir()); });
        QVERIFY2(says(said, {(dir() / "model.safetensors").string(), name + "weight", "quantised"}), said.c_str());
    }

    void modelsNamedAsClip() {
        write_clip_folder(dir() / "out", made(CheckpointKind::clip, tiny_clip()), dir());
        auto config = rest::test::read_json(dir() / "out/config.json");
        config["model_type"] = "metaclip_2";
        write_file_atomically(dir() / "out/config.json", config.dump());
        QVERIFY(mentions(read_checkpoint(dir() / "out").warnings, "metaclip_2"));
    }

    void blip2IsNoBlip() {
        auto weights = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        Weights blip2{{"Qformer.bert.encoder.layer.0.attention.self.query.weight", torch::ones({2, 2})}};
        for (const auto& [name, tensor] : weights) {
            if (name.starts_with("vision_model.")) blip2[authors_name(name)] = tensor;
        }
        write_safetensors(dir() / "blip2.safetensors", blip2);
        const auto read = read_checkpoint(dir() / "blip2.safetensors");
        QCOMPARE(read.kind, CheckpointKind::unknown);
        QVERIFY(mentions(read.warnings, "BLIP-2"));
    }

    void partsOfTorchDistributed() {
        write_file_atomically(dir() / ".metadata", "x");
        write_file_atomically(dir() / "__0_0.distcp", "x");
        const auto said = error_text([&] { read_checkpoint(dir()); });
        QVERIFY2(says(said, {dir().string(), "dcp_to_torch"}), said.c_str());
    }

    void otherModelsAreUnknown() {
        write_safetensors(dir() / "model.safetensors",
                          {{"bert.embeddings.word_embeddings.weight", torch::ones({3, 2})}});
        const auto read = read_checkpoint(dir());
        QCOMPARE(read.kind, CheckpointKind::unknown);
        QVERIFY(mentions(read.warnings, "BERT"));
        QVERIFY_THROWS_EXCEPTION(Error, require_complete(read, CheckpointKind::clip));
    }
};

REST_TEST(TestCheckpointProblems)
#include "test_checkpoint_problems.moc"
