// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <cstring>
#include <filesystem>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/safetensors.h"
#include "tests/checkpoint/made_checkpoint.h"
#include "tests/support/error_text.h"
#include "tests/support/pickle_writer.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::test;
using nlohmann::json;
namespace fs = std::filesystem;

class TestCheckpoint : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QTemporaryDir> dir_;
    fs::path dir() const { return fs::path(dir_->path().toStdString()); }

  private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void goldenCaptionerInThreeLayouts() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        const auto folder = read_checkpoint(golden);
        QCOMPARE(folder.kind, CheckpointKind::blip_captioner);
        QCOMPARE(folder.file, golden / "model.safetensors");
        require_complete(folder, CheckpointKind::blip_captioner);
        QVERIFY(folder.unexpected.empty() && folder.warnings.empty());
        compare(folder.weights, read_safetensors(golden / "model.safetensors"));

        const auto pickled = read_checkpoint(golden / "pytorch_model.bin");
        const auto authors = read_checkpoint(golden / "original.pth");
        QCOMPARE(pickled.kind, CheckpointKind::blip_captioner);
        QCOMPARE(authors.kind, CheckpointKind::blip_authors);
        for (const auto* other : {&pickled, &authors}) {
            require_complete(*other, CheckpointKind::blip_captioner);
            QVERIFY(other->unexpected.empty());
            QCOMPARE(other->weights.size(), folder.weights.size());
            compare(other->weights, folder.weights);
            QCOMPARE(other->sizes.vision.heads, folder.sizes.vision.heads);
            QCOMPARE(other->sizes.text.eos, folder.sizes.text.eos);
        }
    }

    void goldenSizesAreTheConfigs() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        const auto config = rest::test::read_json(golden / "config.json");
        const auto sizes = read_checkpoint(golden).sizes;
        const auto &text = config["text_config"], &vision = config["vision_config"];
        QCOMPARE(sizes.vision.image, vision["image_size"].get<int64_t>());
        QCOMPARE(sizes.vision.heads, vision["num_attention_heads"].get<int64_t>());
        QCOMPARE(sizes.vision.mlp, vision["intermediate_size"].get<int64_t>());
        QCOMPARE(sizes.text.layers, text["num_hidden_layers"].get<int64_t>());
        QCOMPARE(sizes.text.vocabulary, text["vocab_size"].get<int64_t>());
        QCOMPARE(sizes.text.bos, text["bos_token_id"].get<int64_t>());
        QCOMPARE(sizes.text.eos, text["sep_token_id"].get<int64_t>());
        QCOMPARE(sizes.text.layer_norm_eps, text["layer_norm_eps"].get<double>());
    }

    void goldenExpectedTensorsAreWhatIsThere() {
        REST_REFERENCE_OR_SKIP(golden, "golden");
        for (const auto& [name, kind] :
             std::map<std::string, CheckpointKind>{{"blip-tiny", CheckpointKind::blip_captioner},
                                                   {"clip-tiny", CheckpointKind::clip},
                                                   {"blip-itm-tiny", CheckpointKind::blip_retrieval}}) {
            const auto checkpoint = read_checkpoint(golden / name);
            QCOMPARE(checkpoint.kind, kind);
            auto there = read_safetensors(golden / name / "model.safetensors");
            there.erase("text_decoder.cls.predictions.decoder.weight");
            there.erase("text_decoder.cls.predictions.decoder.bias");
            const auto expected = expected_tensors(kind, checkpoint.sizes);
            QCOMPARE(expected.size(), there.size());
            for (const auto& [tensor, shape] : expected) QVERIFY2(there.at(tensor).sizes() == shape, tensor.c_str());
            compare(read_checkpoint(golden / name / "pytorch_model.bin").weights, there);
        }
    }

    void tiedTensorsShareStorageWhateverTheirName() {
        const std::string words = "text_decoder.bert.embeddings.word_embeddings.weight";
        const std::string head = "text_decoder.cls.predictions.";
        auto weights = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        const auto original = weights;
        weights[head + "decoder.weight"] = weights[words];
        weights[head + "decoder.bias"] = weights[head + "bias"];
        weights.erase(words);
        weights.erase(head + "bias");
        weights["text_decoder.bert.embeddings.position_ids"] = torch::arange(12).unsqueeze(0);
        write_safetensors(dir() / "model.safetensors", weights);
        const auto checkpoint = read_checkpoint(dir());
        require_complete(checkpoint, CheckpointKind::blip_captioner);
        QVERIFY(checkpoint.unexpected.empty());
        compare(checkpoint.weights, original);
        QCOMPARE(checkpoint.weights.at(words).data_ptr(), checkpoint.weights.at(head + "decoder.weight").data_ptr());
        QCOMPARE(checkpoint.weights.at(head + "bias").data_ptr(),
                 checkpoint.weights.at(head + "decoder.bias").data_ptr());
    }

    void tiedTensorsThatDifferAreReported() {
        auto weights = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        weights["text_decoder.cls.predictions.decoder.bias"] = torch::ones({40});
        write_safetensors(dir() / "model.safetensors", weights);
        QVERIFY(mentions(read_checkpoint(dir()).warnings, "decoder.bias"));
    }

    void sizesFromTensorsAlone() {
        const auto sizes = tiny_blip();
        write_safetensors(dir() / "alone.safetensors", made(CheckpointKind::gar, sizes).weights);
        const auto checkpoint = read_checkpoint(dir() / "alone.safetensors");
        QCOMPARE(checkpoint.kind, CheckpointKind::gar);
        require_complete(checkpoint, CheckpointKind::gar);
        require_complete(checkpoint, CheckpointKind::blip_captioner);
        QCOMPARE(checkpoint.sizes.vision.image, sizes.vision.image);
        QCOMPARE(checkpoint.sizes.vision.heads, sizes.vision.heads);  // hidden / 64
        QCOMPARE(checkpoint.sizes.text.heads, sizes.text.heads);
        QCOMPARE(checkpoint.sizes.text.encoder_hidden, sizes.text.encoder_hidden);
        QCOMPARE(checkpoint.sizes.text.positions, sizes.text.positions);
        QCOMPARE(checkpoint.config["vision_config"]["num_hidden_layers"].get<int64_t>(), sizes.vision.layers);
        QCOMPARE(checkpoint.config["temporal_adapter"].get<bool>(), true);
    }

    void halfPrecisionBecomesFloat() {
        Weights half;
        for (const auto& [name, tensor] : made(CheckpointKind::blip_captioner, tiny_blip()).weights) {
            half[name] = tensor.to(torch::kBFloat16);
        }
        write_safetensors(dir() / "model.safetensors", half);
        const auto checkpoint = read_checkpoint(dir());
        require_complete(checkpoint, CheckpointKind::blip_captioner);
        for (const auto& [name, tensor] : half) {
            QVERIFY(torch::equal(checkpoint.weights.at(name), tensor.to(torch::kFloat32)));
        }
    }

    void roundTripWithAdapters() {
        auto checkpoint = made(CheckpointKind::gar, tiny_blip());
        checkpoint.config = {{"projection_dim", 512},
                             {"vision_config", {{"attention_dropout", 0.0}, {"image_size", 7}}}};
        const auto words = dir() / "words";
        fs::create_directory(words);
        write_file_atomically(words / "vocab.txt", "[PAD]\n[UNK]\n");
        write_file_atomically(words / "tokenizer_config.json", "{}");
        write_file_atomically(words / "merges.txt", "not BLIP's");
        write_blip_folder(dir() / "out", checkpoint, words, {{"epoch", "3"}});
        QVERIFY(fs::exists(dir() / "out/vocab.txt") && fs::exists(dir() / "out/tokenizer_config.json"));
        QVERIFY(!fs::exists(dir() / "out/merges.txt"));

        const auto again = read_checkpoint(dir() / "out");
        QCOMPARE(again.kind, CheckpointKind::gar);
        require_complete(again, CheckpointKind::gar);
        QVERIFY(again.warnings.empty() && again.unexpected.empty());
        compare(again.weights, checkpoint.weights);
        QCOMPARE(again.sizes.text.bos, checkpoint.sizes.text.bos);
        QCOMPARE(again.sizes.text.eos, checkpoint.sizes.text.eos);
        QCOMPARE(again.config["model_type"].get<std::string>(), std::string("blip"));
        QCOMPARE(again.config["projection_dim"].get<int>(), 512);  // the base's own keys stay
        QVERIFY(again.config["vision_config"].contains("attention_dropout"));
        QCOMPARE(again.config["vision_config"]["image_size"].get<int64_t>(), checkpoint.sizes.vision.image);
        const auto preprocessor = rest::test::read_json(dir() / "out/preprocessor_config.json");
        QCOMPARE(preprocessor["size"]["height"].get<int64_t>(), checkpoint.sizes.vision.image);
        QCOMPARE(preprocessor["image_processor_type"].get<std::string>(), std::string("BlipImageProcessor"));
        const auto raw = read_safetensors(dir() / "out/model.safetensors");
        QVERIFY(!raw.contains("text_decoder.cls.predictions.decoder.weight"));  // tied: written once
        QVERIFY(read_file(dir() / "out/model.safetensors").find("\"epoch\":\"3\"") != std::string::npos);
    }

    void goldenFolderIsWrittenAsItWas() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        const auto checkpoint = read_checkpoint(golden / "original.pth");
        write_blip_folder(dir() / "out", checkpoint, golden);
        auto config = rest::test::read_json(dir() / "out/config.json");
        const auto before = rest::test::read_json(golden / "config.json");
        for (const char* section : {"text_config", "vision_config"}) {
            for (const auto& [key, value] : before[section].items())
                QCOMPARE(config[section][key].dump(), value.dump());
        }
        compare(read_checkpoint(dir() / "out").weights, checkpoint.weights);
    }

    void withoutAdaptersTheConfigSaysNothingOfThem() {
        auto checkpoint = made(CheckpointKind::gar, tiny_blip());
        checkpoint.config = {{"temporal_adapter", true}};
        std::erase_if(checkpoint.weights, [](const auto& e) { return e.first.starts_with("temporal_adapter."); });
        write_blip_folder(dir() / "out", checkpoint, dir());
        QCOMPARE(read_checkpoint(dir() / "out").kind, CheckpointKind::blip_captioner);
    }

    void lostAdaptersAreMissed() {
        auto checkpoint = made(CheckpointKind::gar, tiny_blip());
        write_blip_folder(dir() / "out", checkpoint, dir());
        auto weights = checkpoint.weights;
        std::erase_if(weights, [](const auto& e) { return e.first.starts_with("temporal_adapter."); });
        write_safetensors(dir() / "out/model.safetensors", weights);
        const auto again = read_checkpoint(dir() / "out");
        QCOMPARE(again.missing.size(), size_t{4});
        QVERIFY_THROWS_EXCEPTION(Error, require_complete(again, CheckpointKind::blip_captioner));
    }

    void clipRoundTrip() {
        const auto checkpoint = made(CheckpointKind::clip, tiny_clip());
        write_clip_folder(dir() / "out", checkpoint, dir());
        const auto again = read_checkpoint(dir() / "out");
        require_complete(again, CheckpointKind::clip);
        compare(again.weights, checkpoint.weights);
        QCOMPARE(again.sizes.text.eos, checkpoint.sizes.text.eos);
        QCOMPARE(again.sizes.projection, checkpoint.sizes.projection);
        QCOMPARE(again.sizes.activation, std::string("quick_gelu"));
        QVERIFY_THROWS_EXCEPTION(Error, require_complete(again, CheckpointKind::blip_captioner));
    }

    void oldClipConfigurations() {
        write_clip_folder(dir() / "out", made(CheckpointKind::clip, tiny_clip()), dir());
        auto config = rest::test::read_json(dir() / "out/config.json");
        config["text_config"].update({{"bos_token_id", 0}, {"eos_token_id", 2}, {"pad_token_id", 1}});
        config["vision_config_dict"] = config["vision_config"];
        config["vision_config"] = nullptr;
        write_file_atomically(dir() / "out/config.json", config.dump());
        const auto sizes = read_checkpoint(dir() / "out").sizes;
        QCOMPARE(sizes.text.bos, int64_t{28});
        QCOMPARE(sizes.text.eos, int64_t{29});
        QCOMPARE(sizes.vision.heads, int64_t{1});
    }

    void openAiArchive() {
        const auto checkpoint = made(CheckpointKind::clip, tiny_clip());
        write_file_atomically(dir() / "ViT.pt",
                              torchscript_archive(openai_tensors(checkpoint.weights, torch::kFloat16)));
        const auto read = read_checkpoint(dir() / "ViT.pt");
        require_complete(read, CheckpointKind::clip);
        QVERIFY(read.unexpected.empty());
        Weights rounded;
        for (const auto& [name, tensor] : checkpoint.weights) {
            rounded[name] = tensor.to(torch::kFloat16).to(torch::kFloat32);
        }
        compare(read.weights, rounded);
        const auto sizes = tiny_clip();
        QCOMPARE(read.sizes.vision.image, sizes.vision.image);
        QCOMPARE(read.sizes.text.heads, sizes.text.heads);
        QCOMPARE(read.sizes.text.eos, sizes.text.eos);
        QCOMPARE(read.sizes.projection, sizes.projection);
        QCOMPARE(read.sizes.activation, std::string("quick_gelu"));
    }

    void authorsFileWithoutConfig() {
        const auto checkpoint = made(CheckpointKind::blip_captioner, tiny_blip());
        std::vector<SavedTensor> tensors;
        for (const auto& [name, tensor] : checkpoint.weights) tensors.push_back(saved(authors_name(name), tensor));
        write_file_atomically(dir() / "model.pth", torch_archive(tensors, "model"));
        const auto read = read_checkpoint(dir() / "model.pth");
        QCOMPARE(read.kind, CheckpointKind::blip_authors);
        require_complete(read, CheckpointKind::blip_captioner);
        compare(read.weights, checkpoint.weights);
        QCOMPARE(read.sizes.vision.layer_norm_eps, 1e-6);
        QCOMPARE(read.sizes.vision.heads, int64_t{1});
    }

    void anotherModelsConfigIsNotUsed() {
        write_safetensors(dir() / "weights.safetensors", made(CheckpointKind::blip_captioner, tiny_blip()).weights);
        for (const char* config :
             {R"({"model_type": "clip", "vision_config": {"num_attention_heads": 4}})",
              R"({"model_type": "blip", "vision_config": {"num_attention_heads": 4, "hidden_size": 96}})", "{",
              R"({"model_type": "blip", "text_config": {"num_hidden_layers": -1}})"}) {
            write_file_atomically(dir() / "config.json", config);
            const auto checkpoint = read_checkpoint(dir() / "weights.safetensors");
            QVERIFY(mentions(checkpoint.warnings, "another model"));
            QCOMPARE(checkpoint.sizes.vision.heads, int64_t{1});
        }
    }

    void pretrainedFilesAreNoCaptioners() {
        auto weights = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        for (const auto& [name, tensor] : made(CheckpointKind::blip_retrieval, tiny_blip()).weights) {
            if (!name.starts_with("vision_model.")) weights[name] = tensor;
        }
        std::vector<SavedTensor> tensors{saved("visual_encoder_m.norm.weight", torch::ones({64})),
                                         saved("image_queue", torch::ones({24, 5})), saved("temp", torch::ones({}))};
        for (const auto& [name, tensor] : weights) tensors.push_back(saved(authors_name(name), tensor));
        write_file_atomically(dir() / "model_base.pth", torch_archive(tensors, "model"));
        const auto read = read_checkpoint(dir() / "model_base.pth");
        QCOMPARE(read.kind, CheckpointKind::blip_pretrained);
        QVERIFY(mentions(read.warnings, "not a captioner"));
        QVERIFY(read.missing.empty() && read.unexpected.empty());
    }

    void authorsRetrievalFile() {
        const auto checkpoint = made(CheckpointKind::blip_retrieval, tiny_blip());
        std::vector<SavedTensor> tensors{saved("text_encoder_m.embeddings.LayerNorm.weight", torch::ones({128})),
                                         saved("ptr_queue", torch::ones({1}))};
        for (const auto& [name, tensor] : checkpoint.weights) tensors.push_back(saved(authors_name(name), tensor));
        write_file_atomically(dir() / "retrieval.pth", torch_stream(tensors));
        const auto read = read_checkpoint(dir() / "retrieval.pth");
        QCOMPARE(read.kind, CheckpointKind::blip_retrieval);
        require_complete(read, CheckpointKind::blip_retrieval);
        QVERIFY(read.unexpected.empty());
        compare(read.weights, checkpoint.weights);
    }

    void theTensorsGridIsTheImageSize() {
        auto checkpoint = made(CheckpointKind::blip_captioner, tiny_blip());
        write_blip_folder(dir() / "out", checkpoint, dir());
        auto config = rest::test::read_json(dir() / "out/config.json");
        config["vision_config"]["image_size"] = 384;
        write_file_atomically(dir() / "out/config.json", config.dump());
        const auto read = read_checkpoint(dir() / "out");
        QCOMPARE(read.sizes.vision.image, checkpoint.sizes.vision.image);
        QVERIFY(mentions(read.warnings, "384"));
        require_complete(read, CheckpointKind::blip_captioner);
    }
};

REST_TEST(TestCheckpoint)
#include "test_checkpoint.moc"
