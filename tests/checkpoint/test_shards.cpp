// SPDX-License-Identifier: GPL-3.0-or-later
// Sharded checkpoints, and the folders that trainers write.
#include <QtTest/QtTest>

#include <filesystem>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/doctor.h"
#include "core/checkpoint/safetensors.h"
#include "tests/checkpoint/made_checkpoint.h"
#include "tests/support/error_text.h"
#include "tests/support/pickle_writer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::test;
namespace fs = std::filesystem;

class TestShards : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    fs::path dir() const { return fs::path(dir_->path().toStdString()); }

    static std::string piece_name(bool safetensors, size_t number) {
        return (safetensors ? "model-0000" : "pytorch_model-0000") + std::to_string(number) + "-of-00003" +
               (safetensors ? ".safetensors" : ".bin");
    }
    fs::path index(bool safetensors) const {
        return dir() / (safetensors ? "model.safetensors.index.json" : "pytorch_model.bin.index.json");
    }

    /// Three shards as transformers writes them.
    Weights write_pieces(bool safetensors) const {
        const auto weights = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        std::vector<Weights> pieces(3);
        nlohmann::json map;
        size_t next = 0;
        for (const auto& [name, tensor] : weights) {
            const size_t number = next++ % pieces.size();
            pieces[number][name] = tensor;
            map[name] = piece_name(safetensors, number + 1);
        }
        for (size_t i = 0; i < pieces.size(); ++i) {
            const auto path = dir() / piece_name(safetensors, i + 1);
            if (safetensors) {
                write_safetensors(path, pieces[i]);
                continue;
            }
            std::vector<SavedTensor> tensors;
            for (const auto& [name, tensor] : pieces[i]) tensors.push_back(saved(name, tensor));
            write_file_atomically(path, torch_archive(tensors));
        }
        write_file_atomically(index(safetensors),
                              nlohmann::json{{"metadata", {{"total_size", 1}}}, {"weight_map", map}}.dump());
        return weights;
    }

  private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void piecesAreOneModel_data() {
        QTest::addColumn<bool>("safetensors");
        QTest::newRow("safetensors") << true;
        QTest::newRow("bin") << false;
    }

    void piecesAreOneModel() {
        QFETCH(bool, safetensors);
        const auto weights = write_pieces(safetensors);
        for (const auto& asked : {dir(), index(safetensors), dir() / piece_name(safetensors, 2)}) {
            const auto read = read_checkpoint(asked);
            require_complete(read, CheckpointKind::blip_captioner);
            compare(read.weights, weights);
            QCOMPARE(read.pieces.size(), size_t{3});
            QCOMPARE(read.file, index(safetensors));
        }
        uint64_t bytes = 0;
        for (size_t i = 1; i <= 3; ++i) bytes += fs::file_size(dir() / piece_name(safetensors, i));
        QCOMPARE(examine_checkpoint(dir()).file_bytes, bytes);
    }

    /// Names and sizes alone: all that is read of a large model before it is used.
    void shapesAlone() {
        for (const bool safetensors : {true, false}) {
            const auto weights = write_pieces(safetensors);
            const auto read = read_checkpoint(index(safetensors), Reading::shapes);
            require_complete(read, CheckpointKind::blip_captioner);
            QCOMPARE(read.weights.size(), read_checkpoint(index(safetensors)).weights.size());
            for (const auto& [name, tensor] : weights) {
                QVERIFY2(read.weights.at(name).is_meta(), name.c_str());
                QVERIFY2(read.weights.at(name).sizes() == tensor.sizes(), name.c_str());
            }
            const auto piece = dir() / piece_name(safetensors, 2);
            fs::resize_file(piece, fs::file_size(piece) - 8);
            const auto said = error_text([&] { read_checkpoint(index(safetensors), Reading::shapes); });
            QVERIFY2(says(said, {piece.string()}), said.c_str());
        }
    }

    void aMissingPieceIsNamed() {
        write_pieces(true);
        fs::remove(dir() / piece_name(true, 2));
        const auto said = error_text([&] { read_checkpoint(dir()); });
        QVERIFY2(says(said, {index(true).string(), piece_name(true, 2)}), said.c_str());
    }

    void aTensorThatIsListedAndNotThereIsNamed() {
        for (const bool safetensors : {true, false}) {
            write_pieces(safetensors);
            auto json = nlohmann::json::parse(read_file(index(safetensors)));
            json["weight_map"]["vision_model.embeddings.lost"] = piece_name(safetensors, 3);
            write_file_atomically(index(safetensors), json.dump());
            const auto said = error_text([&] { read_checkpoint(index(safetensors)); });
            QVERIFY2(says(said, {piece_name(safetensors, 3), "vision_model.embeddings.lost"}), said.c_str());
        }
    }

    void whatTwoPiecesHoldIsWhereTheIndexSays() {
        const auto weights = write_pieces(true);
        auto first = read_safetensors(dir() / piece_name(true, 1));
        const auto name = read_safetensors(dir() / piece_name(true, 2)).begin()->first;
        first[name] = torch::zeros({1});
        write_safetensors(dir() / piece_name(true, 1), first);
        compare(read_checkpoint(dir()).weights, weights);
    }

    void indicesThatNameNoFilesBesideThem_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("another folder") << QByteArray(R"({"weight_map": {"a": "../model.safetensors"}})");
        QTest::newRow("root") << QByteArray(R"({"weight_map": {"a": "/etc/passwd"}})");
        QTest::newRow("parent") << QByteArray(R"({"weight_map": {"a": ".."}})");
        QTest::newRow("number") << QByteArray(R"({"weight_map": {"a": 7}})");
        QTest::newRow("nothing") << QByteArray(R"({"weight_map": {}})");
        QTest::newRow("text") << QByteArray("hello");
    }

    void indicesThatNameNoFilesBesideThem() {
        QFETCH(QByteArray, json);
        write_file_atomically(index(true), json.toStdString());
        const auto said = error_text([&] { read_checkpoint(dir()); });
        QVERIFY2(says(said, {index(true).string()}), said.c_str());
    }

    void onePieceAlone() {
        write_pieces(true);
        fs::remove(index(true));
        const auto said = error_text([&] { read_checkpoint(dir() / piece_name(true, 1)); });
        QVERIFY2(says(said, {piece_name(true, 1), "model.safetensors.index.json"}), said.c_str());
    }

    void deepSpeedsNewestFolder() {
        const auto clip = made(CheckpointKind::clip, tiny_clip()).weights;
        fs::create_directory(dir() / "global_step20");
        write_file_atomically(dir() / "latest", "global_step20\n");
        write_file_atomically(dir() / "global_step20/mp_rank_00_model_states.pt",
                              torch_archive(openai_tensors(clip, torch::kFloat32), "module"));
        compare(read_checkpoint(dir()).weights, clip);
        fs::rename(dir() / "global_step20/mp_rank_00_model_states.pt",
                   dir() / "global_step20/zero_pp_rank_0_mp_rank_00_model_states.pt");
        const auto said = error_text([&] { read_checkpoint(dir()); });
        QVERIFY2(says(said, {"global_step20", "ZeRO", "zero_to_fp32.py"}), said.c_str());
    }

    void foldersOfTrainersAreNamed() {
        fs::create_directory(dir() / "checkpoint-500");
        write_file_atomically(dir() / "checkpoint-500/model.safetensors", "x");
        const auto said = error_text([&] { read_checkpoint(dir()); });
        QVERIFY2(says(said, {"checkpoint-500/"}), said.c_str());
    }

    void shapesThatDifferByOnes() {
        const auto blip = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        auto turned = blip;
        turned["vision_model.embeddings.class_embedding"] = turned["vision_model.embeddings.class_embedding"].flatten();
        turned["vision_model.embeddings.position_embedding"] =
            turned["vision_model.embeddings.position_embedding"].squeeze(0);
        turned["vision_model.encoder.layers.1.layer_norm1.bias"] =
            turned["vision_model.encoder.layers.1.layer_norm1.bias"].view({1, 1, -1});
        write_safetensors(dir() / "blip.safetensors", turned);
        const auto read = read_checkpoint(dir() / "blip.safetensors");
        require_complete(read, CheckpointKind::blip_captioner);
        compare(read.weights, blip);

        const auto clip = made(CheckpointKind::clip, tiny_clip()).weights;
        turned = clip;
        turned["logit_scale"] = turned["logit_scale"].view({1});
        turned["vision_model.embeddings.class_embedding"] =
            turned["vision_model.embeddings.class_embedding"].view({1, 1, -1});
        for (const char* side : {"vision_model", "text_model"}) {
            auto& positions = turned[side + std::string(".embeddings.position_embedding.weight")];
            positions = positions.unsqueeze(0);
        }
        write_safetensors(dir() / "clip.safetensors", turned);
        const auto read_clip = read_checkpoint(dir() / "clip.safetensors");
        require_complete(read_clip, CheckpointKind::clip);
        compare(read_clip.weights, clip);
        QCOMPARE(read_clip.sizes.vision.image, tiny_clip().vision.image);
    }

    void otherShapesAreRefusedWithBoth() {
        auto weights = made(CheckpointKind::clip, tiny_clip()).weights;
        weights["text_projection.weight"] = weights["text_projection.weight"].t().contiguous();
        weights["logit_scale"] = torch::ones({2});
        write_safetensors(dir() / "model.safetensors", weights);
        const auto said = error_text([&] { require_complete(read_checkpoint(dir()), CheckpointKind::clip); });
        QVERIFY2(says(said, {"logit_scale has the shape (2), () is needed",
                             "text_projection.weight has the shape (128, 24), (24, 128) is needed"}),
                 said.c_str());
    }
};

REST_TEST(TestShards)
#include "test_shards.moc"
