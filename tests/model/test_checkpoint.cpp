// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <cmath>
#include <cstring>
#include <filesystem>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/model/checkpoint.h"
#include "core/model/safetensors.h"
#include "tests/support/pickle_writer.h"
#include "tests/support/reference.h"

using namespace rest;
using namespace rest::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

ModelSizes tiny_blip() {
    return {.vision = {.hidden = 64, .layers = 2, .heads = 1, .mlp = 96, .image = 48, .patch = 16},
            .text = {.hidden = 128,
                     .layers = 2,
                     .heads = 2,
                     .mlp = 80,
                     .vocabulary = 40,
                     .positions = 12,
                     .encoder_hidden = 64,
                     .bos = 38,
                     .eos = 7}};
}

ModelSizes tiny_clip() {
    return {.vision = {.hidden = 64, .layers = 2, .heads = 1, .mlp = 96, .image = 32, .patch = 16},
            .text = {.hidden = 128,
                     .layers = 1,
                     .heads = 2,
                     .mlp = 80,
                     .vocabulary = 30,
                     .positions = 9,
                     .layer_norm_eps = 1e-5,
                     .bos = 28,
                     .eos = 29,
                     .pad = 29},
            .projection = 24,
            .activation = "quick_gelu"};
}

Checkpoint made(CheckpointKind kind, const ModelSizes& sizes) {
    Checkpoint checkpoint;
    checkpoint.kind = kind;
    checkpoint.sizes = sizes;
    torch::manual_seed(3);
    for (const auto& [name, shape] : expected_tensors(kind, sizes)) checkpoint.weights[name] = torch::randn(shape);
    return checkpoint;
}

std::string renamed(std::string name, const std::vector<std::pair<std::string, std::string>>& renames) {
    for (const auto& [old, fresh] : renames) {
        if (const auto at = name.find(old); at != std::string::npos) name.replace(at, old.size(), fresh);
    }
    return name;
}

/// As the BLIP authors name them.
std::string authors_name(const std::string& name) {
    return renamed(name, {{"vision_model.encoder.layers.", "visual_encoder.blocks."},
                          {"vision_model.post_layernorm.", "visual_encoder.norm."},
                          {"vision_model.embeddings.patch_embedding.", "visual_encoder.patch_embed.proj."},
                          {"vision_model.embeddings.position_embedding", "visual_encoder.pos_embed"},
                          {"vision_model.embeddings.class_embedding", "visual_encoder.cls_token"},
                          {".self_attn.projection.", ".attn.proj."},
                          {".self_attn.", ".attn."},
                          {".layer_norm1.", ".norm1."},
                          {".layer_norm2.", ".norm2."}});
}

SavedTensor saved(const std::string& name, const torch::Tensor& tensor) {
    const auto flat = tensor.contiguous();
    SavedTensor out{.name = name, .shape = flat.sizes().vec()};
    out.data.assign(static_cast<const char*>(flat.data_ptr()), static_cast<size_t>(flat.numel() * flat.element_size()));
    out.type = flat.scalar_type() == torch::kFloat16 ? "HalfStorage" : "FloatStorage";
    return out;
}

/// The tensors of a CLIP as OpenAI's archive names and lays them out.
std::vector<SavedTensor> openai_tensors(const Weights& weights, torch::ScalarType type) {
    Weights out;
    for (const auto& [name, tensor] : weights) {
        std::string text =
            renamed(name, {{"text_model.encoder.layers.", "transformer.resblocks."},
                           {"vision_model.encoder.layers.", "visual.transformer.resblocks."},
                           {"vision_model.embeddings.class_embedding", "visual.class_embedding"},
                           {"vision_model.embeddings.patch_embedding.", "visual.conv1."},
                           {"vision_model.embeddings.position_embedding.weight", "visual.positional_embedding"},
                           {"vision_model.pre_layrnorm.", "visual.ln_pre."},
                           {"vision_model.post_layernorm.", "visual.ln_post."},
                           {"text_model.final_layer_norm.", "ln_final."},
                           {"text_model.embeddings.token_embedding.", "token_embedding."},
                           {"text_model.embeddings.position_embedding.weight", "positional_embedding"},
                           {"visual_projection.weight", "visual.proj"},
                           {"text_projection.weight", "text_projection"},
                           {".layer_norm1.", ".ln_1."},
                           {".layer_norm2.", ".ln_2."},
                           {".mlp.fc1.", ".mlp.c_fc."},
                           {".mlp.fc2.", ".mlp.c_proj."},
                           {".self_attn.", ".attn."}});
        const bool turned = text == "visual.proj" || text == "text_projection";
        if (text.find("k_proj") != std::string::npos || text.find("v_proj") != std::string::npos) continue;
        auto value = turned ? tensor.t() : tensor;
        if (const auto at = text.find("q_proj."); at != std::string::npos) {
            value = torch::cat({tensor, weights.at(renamed(name, {{"q_proj", "k_proj"}})),
                                weights.at(renamed(name, {{"q_proj", "v_proj"}}))});
            text.replace(at, 7, "in_proj_");
        }
        out[text] = value.to(type);
    }
    std::vector<SavedTensor> tensors;
    for (const auto& [name, tensor] : out) tensors.push_back(saved(name, tensor));
    return tensors;
}

void compare(const Weights& got, const Weights& wanted) {
    for (const auto& [name, tensor] : wanted) {
        QVERIFY2(got.contains(name), name.c_str());
        QVERIFY2(torch::equal(got.at(name), tensor), name.c_str());
        QCOMPARE(got.at(name).scalar_type(), torch::kFloat32);
    }
}

bool mentions(const std::vector<std::string>& lines, const std::string& part) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const auto& line) { return line.find(part) != std::string::npos; });
}

}  // namespace

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

    void hostileConfigsAreRefused() {
        const std::string brackets = std::string(400'000, '[') + std::string(400'000, ']');
        write_safetensors(dir() / "model.safetensors", made(CheckpointKind::blip_captioner, tiny_blip()).weights);
        for (const std::string& config :
             {brackets, R"({"vision_config": {"hidden_size": )" + brackets + "}}", "{\"a\":\"" + std::string(1 << 20, 'x') + "\"}",
              std::string(R"({"text_config": {"vocab_size": 1e300}})"), std::string(R"({"vision_config": {"patch_size": 0}})"),
              std::string(R"({"text_config": {"layer_norm_eps": -1}})"), std::string("7")}) {
            write_file_atomically(dir() / "config.json", config);
            QVERIFY_THROWS_EXCEPTION(Error, read_checkpoint(dir()));
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

    void otherModelsAreUnknown() {
        write_safetensors(dir() / "model.safetensors",
                          {{"bert.embeddings.word_embeddings.weight", torch::ones({3, 2})}});
        const auto read = read_checkpoint(dir());
        QCOMPARE(read.kind, CheckpointKind::unknown);
        QVERIFY(mentions(read.warnings, "BERT"));
        QVERIFY_THROWS_EXCEPTION(Error, require_complete(read, CheckpointKind::clip));
    }

    void samePositionsStayAsTheyAre() {
        const auto positions = torch::randn({1, 1 + 9, 5});
        QCOMPARE(interpolate_positions(positions, 48, 16).data_ptr(), positions.data_ptr());
    }

    void positionsOfTheUsualSizes() {
        const auto positions = torch::randn({1, 1 + 24 * 24, 3});
        const auto small = interpolate_positions(positions, 224, 16);
        QVERIFY(small.sizes() == (std::vector<int64_t>{1, 1 + 14 * 14, 3}));
        QVERIFY(torch::equal(small.select(1, 0), positions.select(1, 0)));
        const auto grid = positions.slice(1, 1).transpose(1, 2).reshape({1, 3, 24, 24});
        const auto wanted = at::upsample_bicubic2d(grid, {14, 14}, false);
        QVERIFY(torch::allclose(small.slice(1, 1).transpose(1, 2).reshape({1, 3, 14, 14}), wanted));
        QVERIFY_THROWS_EXCEPTION(Error, interpolate_positions(torch::randn({1, 11, 3}), 224, 16));
        QVERIFY_THROWS_EXCEPTION(Error, interpolate_positions(torch::randn({11, 3}), 224, 16));
        QVERIFY_THROWS_EXCEPTION(Error, interpolate_positions(positions, 8, 16));
    }

    /// 4 x 4 -> 2 x 2 with the cubic convolution kernel (A = -0.75) written out, borders repeated.
    void positionsByHand() {
        constexpr double kA = -0.75;
        const auto kernel = [&](double x) {
            x = std::abs(x);
            if (x <= 1) return (kA + 2) * x * x * x - (kA + 3) * x * x + 1;
            if (x < 2) return kA * x * x * x - 5 * kA * x * x + 8 * kA * x - 4 * kA;
            return 0.0;
        };
        const auto positions = torch::randn({1, 1 + 16, 1}, torch::kFloat64);
        const auto small = interpolate_positions(positions.to(torch::kFloat32), 32, 16);
        const auto at = [&](int64_t y, int64_t x) {
            return positions[0][1 + std::clamp<int64_t>(y, 0, 3) * 4 + std::clamp<int64_t>(x, 0, 3)][0].item<double>();
        };
        for (int64_t row = 0; row < 2; ++row) {
            for (int64_t column = 0; column < 2; ++column) {
                const double y = (row + 0.5) * 2 - 0.5, x = (column + 0.5) * 2 - 0.5;
                double sum = 0;
                for (auto i = static_cast<int64_t>(std::floor(y)) - 1; i <= std::floor(y) + 2; ++i) {
                    for (auto j = static_cast<int64_t>(std::floor(x)) - 1; j <= std::floor(x) + 2; ++j) {
                        sum += kernel(y - i) * kernel(x - j) * at(i, j);
                    }
                }
                QVERIFY(std::abs(small[0][1 + row * 2 + column][0].item<double>() - sum) < 1e-5);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "test_checkpoint.moc"
