// SPDX-License-Identifier: GPL-3.0-or-later
// What tensors do not contain: heads, activation, pixel scale; from whichever configuration is beside the weights.
#include <QtTest/QtTest>

#include <filesystem>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/doctor.h"
#include "core/checkpoint/safetensors.h"
#include "core/model/blip.h"
#include "core/model/clip.h"
#include "tests/checkpoint/made_checkpoint.h"
#include "tests/support/error_text.h"
#include "tests/support/golden.h"
#include "tests/support/pickle_writer.h"
#include "tests/support/places.h"
#include "tests/support/reference.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// open_clip's description of clip-tiny.
json open_clip_of_golden() {
    return {{"model_cfg",
             {{"embed_dim", 20},
              {"quick_gelu", true},
              {"vision_cfg", {{"image_size", 32}, {"layers", 2}, {"width", 40}, {"head_width", 10}, {"patch_size", 8}}},
              {"text_cfg", {{"context_length", 77}, {"vocab_size", 200}, {"width", 32}, {"heads", 4}, {"layers", 2}}}}},
            {"preprocess_cfg", {{"mean", {0.1, 0.2, 0.3}}, {"std", {0.4, 0.5, 0.6}}, {"interpolation", "bicubic"}}}};
}

const ToldSetting* told(const Checkpoint& checkpoint, const std::string& name) {
    for (const auto& setting : checkpoint.told) {
        if (setting.name == name) return &setting;
    }
    return nullptr;
}

}  // namespace

class TestModelConfig : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    fs::path dir() const { return fs::path(dir_->path().toStdString()); }
    void put(const std::string& name, const json& value) const { write_file_atomically(dir() / name, value.dump()); }
    void put_clip() const {
        write_safetensors(dir() / "model.safetensors", made(CheckpointKind::clip, tiny_clip()).weights);
    }
    static void compare_scores(Checkpoint checkpoint, const fs::path& golden) {
        torch::NoGradGuard no_grad;
        const auto clip = model::ClipModel::from_checkpoint(checkpoint, 0, test::test_device());
        const Golden io(golden);
        REST_AGREES(io, clip.encode_images(io["pixel_values"]), "image_embeds");
        REST_AGREES(io, clip.encode_texts(io["input_ids"]), "text_embeds");
    }

  private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    /// One model's weights in both layouts, with each configuration: the scores are those of Python.
    void openClipFoldersScoreAsTransformersDo() {
        REST_REFERENCE_OR_SKIP(golden, "golden/clip-tiny");
        const auto weights = read_checkpoint(golden).weights;
        for (const char* weight_file :
             {"open_clip_pytorch_model.bin", "open_clip_model.safetensors", "model.safetensors"}) {
            for (const bool open_clip : {true, false}) {
                init();
                const std::string name = weight_file;
                if (name == "open_clip_pytorch_model.bin") {
                    write_file_atomically(dir() / name, torch_archive(openai_tensors(weights, torch::kFloat32)));
                } else {
                    write_safetensors(dir() / name, weights);
                }
                if (open_clip) {
                    put("open_clip_config.json", open_clip_of_golden());
                } else {
                    write_file_atomically(dir() / "config.json", read_file(golden / "config.json"));
                }
                for (const auto& asked : {dir(), dir() / name}) {
                    const auto read = read_checkpoint(asked);
                    QVERIFY(read.warnings.empty());
                    QCOMPARE(read.sizes.vision.heads, int64_t{4});
                    QCOMPARE(told(read, "vision heads")->source,
                             std::string(open_clip ? "open_clip_config.json: model_cfg.vision_cfg.head_width"
                                                   : "config.json: vision_config.num_attention_heads"));
                    QCOMPARE(read.cautions().empty(), open_clip);  // config.json does not contain the pixel scale
                    QCOMPARE(read.sizes.pixels.mean[0], open_clip ? 0.1 : PixelScale().mean[0]);
                    compare_scores(read, golden);
                }
            }
        }
    }

    void thePublicReport() {
        const auto config = from_open_clip(
            json::parse(read_file(source_dir() / "tests/cases/checkpoints/open_clip_config.json")), "some/model.bin");
        QCOMPARE(config.model["vision_config"]["num_attention_heads"].get<int>(), 4);
        QCOMPARE(config.model["text_config"]["num_attention_heads"].get<int>(), 2);
        QCOMPARE(config.model["text_config"]["hidden_act"].get<std::string>(), std::string("gelu"));
        QCOMPARE(config.model["projection_dim"].get<int>(), 32);
    }

    void openClipsActivation_data() {
        QTest::addColumn<QByteArray>("flag");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("activation");
        QTest::newRow("flag") << QByteArray("true") << "ViT-B-16"
                              << "quick_gelu";
        QTest::newRow("flag off") << QByteArray("false") << "ViT-B-16-quickgelu"
                                  << "gelu";
        QTest::newRow("neither") << QByteArray() << "ViT-B-16"
                                 << "gelu";
        QTest::newRow("name") << QByteArray() << "ViT-B-16-quickgelu"
                              << "quick_gelu";
    }

    void openClipsActivation() {
        QFETCH(QByteArray, flag);
        QFETCH(QString, folder);
        QFETCH(QString, activation);
        const auto place = dir() / folder.toStdString();
        fs::create_directory(place);
        auto config = open_clip_of_golden();
        config["model_cfg"].erase("quick_gelu");
        if (!flag.isEmpty()) config["model_cfg"]["quick_gelu"] = json::parse(flag.toStdString());
        write_file_atomically(place / "open_clip_config.json", config.dump());
        config["model_cfg"]["vision_cfg"]["head_width"] = 32;
        write_safetensors(place / "model.safetensors", made(CheckpointKind::clip, tiny_clip()).weights);
        const auto read = read_checkpoint(place);
        QCOMPARE(QString::fromStdString(read.sizes.activation), activation);
        QVERIFY(!told(read, "activation")->assumed);
    }

    void otherModelsOfOpenClipsAreRefused() {
        put_clip();
        for (const auto& [section, key, value] :
             std::vector<std::tuple<const char*, const char*, json>>{{"vision_cfg", "pool_type", "avg"},
                                                                     {"vision_cfg", "no_ln_pre", true},
                                                                     {"vision_cfg", "ls_init_value", 0.1},
                                                                     {"vision_cfg", "timm_model_name", "x"},
                                                                     {"text_cfg", "pool_type", "last"},
                                                                     {"text_cfg", "no_causal_mask", true},
                                                                     {"text_cfg", "proj_bias", true}}) {
            auto config = open_clip_of_golden();
            config["model_cfg"][section][key] = value;
            put("open_clip_config.json", config);
            const auto said = error_text([&] { read_checkpoint(dir()); });
            QVERIFY2(says(said, {"open_clip_config.json", section + std::string(".") + key}), said.c_str());
        }
    }

    void whatIsAssumedIsSaid() {
        put_clip();
        const auto read = read_checkpoint(dir());
        QVERIFY(read.warnings.empty());
        const auto lines = read.cautions();
        QCOMPARE(lines.size(), size_t{1});
        QVERIFY2(says(lines[0], {"Assumed", "vision heads (1)", "text heads (2)", "activation (quick_gelu)",
                                 "pixel mean", "pixel deviation"}),
                 lines[0].c_str());
        const auto report = examine_checkpoint(dir());
        QVERIFY(mentions(report.warnings, "vision heads (1)"));
        const auto all = to_json(report);
        QVERIFY(all["settings"]["vision_heads"]["assumed"].get<bool>());
        QCOMPARE(all["settings"]["activation"]["value"].get<std::string>(), std::string("quick_gelu"));
        QVERIFY(to_text(report).find("Activation: quick_gelu (assumed)") != std::string::npos);

        write_clip_folder(dir() / "out", made(CheckpointKind::clip, tiny_clip()), dir());
        QVERIFY(read_checkpoint(dir() / "out").cautions().empty());
        const auto known = to_json(examine_checkpoint(dir() / "out"))["settings"];
        QCOMPARE(known["text_heads"]["source"].get<std::string>(),
                 std::string("config.json: text_config.num_attention_heads"));
        QCOMPARE(known["pixel_mean"]["source"].get<std::string>(), std::string("preprocessor_config.json: image_mean"));
        QCOMPARE(known["interpolation"]["value"].get<std::string>(), std::string("bicubic"));
    }

    void headsOfEarlyBlips() {  // transformers issue 22625
        auto sizes = tiny_blip();
        sizes.text.heads = 8;
        write_blip_folder(dir() / "early", made(CheckpointKind::blip_captioner, sizes), dir());
        const auto read = read_checkpoint(dir() / "early");
        require_complete(read, CheckpointKind::blip_captioner);
        QCOMPARE(read.sizes.text.heads, int64_t{8});
        QVERIFY(mentions(read.warnings, "text_config.num_attention_heads = 8"));
        write_blip_folder(dir() / "right", made(CheckpointKind::blip_captioner, tiny_blip()), dir());
        QVERIFY(read_checkpoint(dir() / "right").warnings.empty());
    }

    /// transformers leaves out values that equal its defaults.
    void whatTransformersLeavesOut() {
        auto sizes = tiny_clip();
        sizes.vision.hidden = 96;
        sizes.vision.heads = 12;
        sizes.text.heads = 8;
        write_clip_folder(dir() / "out", made(CheckpointKind::clip, sizes), dir());
        auto config = read_json(dir() / "out/config.json");
        for (const char* section : {"text_config", "vision_config"}) {
            config[section].erase("num_attention_heads");
            config[section].erase("hidden_act");
        }
        config.erase("projection_dim");
        write_file_atomically(dir() / "out/config.json", config.dump());
        const auto read = read_checkpoint(dir() / "out");
        QCOMPARE(read.sizes.vision.heads, int64_t{12});
        QCOMPARE(read.sizes.text.heads, int64_t{8});
        QCOMPARE(read.sizes.activation, std::string("quick_gelu"));
        QCOMPARE(read.sizes.projection, sizes.projection);
        QVERIFY(read.cautions().empty());
        QVERIFY(told(read, "text heads")->source.find("transformers' default") != std::string::npos);
    }

    void sectionsThatContradictOneAnother() {
        write_clip_folder(dir() / "out", made(CheckpointKind::clip, tiny_clip()), dir());
        auto config = read_json(dir() / "out/config.json");
        config["text_config_dict"] = config["text_config"];
        config["text_config_dict"]["num_attention_heads"] = 4;
        write_file_atomically(dir() / "out/config.json", config.dump());
        const auto read = read_checkpoint(dir() / "out");
        QCOMPARE(read.sizes.text.heads, int64_t{4});  // as transformers does
        QVERIFY(mentions(read.warnings, "text_config_dict.num_attention_heads = 4"));
    }

    void preprocessors_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<double>("mean");
        QTest::addColumn<double>("deviation");
        QTest::addColumn<QString>("size");
        const auto row = [](const char* name, const char* content, double mean, double deviation, const char* size,
                            const char* file = "preprocessor_config.json") {
            QTest::newRow(name) << QByteArray(file) << QByteArray(content) << mean << deviation << QString(size);
        };
        const double usual = PixelScale().mean[0], spread = PixelScale().deviation[0];
        row("size as number", R"({"image_mean":[0.5,0.5,0.5],"image_std":[0.25,0.25,0.25],"size":224})", 0.5, 0.25,
            "224");
        row("shortest edge",
            R"({"image_mean":[0.5,0.5,0.5],"image_std":[0.25,0.25,0.25],"size":{"shortest_edge":224}})", 0.5, 0.25,
            "shortest edge 224");
        row("height and width", R"({"image_mean":0.5,"image_std":0.25,"size":{"height":384,"width":384}})", 0.5, 0.25,
            "384 x 384");
        row("processor's own", R"({"image_processor_type":"CLIPImageProcessor","size":224})", usual, spread, "224");
        row("not normalised", R"({"do_normalize":false,"image_mean":[0.5,0.5,0.5]})", 0, 1, "");
        row("other factor",
            R"({"image_mean":[0.5,0.5,0.5],"image_std":[0.5,0.5,0.5],"rescale_factor":0.00784313725490196})", 0.25,
            0.25, "");
        row("not rescaled", R"({"image_mean":[127.5,127.5,127.5],"image_std":[255,255,255],"do_rescale":false})", 0.5,
            1, "");
        row("processor_config.json", R"({"image_processor":{"image_mean":[0.5,0.5,0.5],"image_std":[0.5,0.5,0.5]}})",
            0.5, 0.5, "", "processor_config.json");
    }

    void preprocessors() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, content);
        QFETCH(double, mean);
        QFETCH(double, deviation);
        QFETCH(QString, size);
        write_clip_folder(dir() / "out", made(CheckpointKind::clip, tiny_clip()), dir());
        fs::remove(dir() / "out/preprocessor_config.json");
        write_file_atomically(dir() / "out" / file.toStdString(), content.toStdString());
        const auto read = read_checkpoint(dir() / "out");
        QVERIFY(std::abs(read.sizes.pixels.mean[1] - mean) < 0.03);  // the usual mean differs per channel
        QVERIFY(std::abs(read.sizes.pixels.mean[0] - mean) < 1e-9);
        QVERIFY(std::abs(read.sizes.pixels.deviation[0] - deviation) < 1e-9);
        QVERIFY(read.cautions().empty());
        const auto* told_size = told(read, "preprocessor size");
        QCOMPARE(told_size == nullptr ? QString() : QString::fromStdString(told_size->value), size);
        // A trained model's checkpoint contains the same again.
        write_clip_folder(dir() / "again", read, dir());
        QVERIFY(std::abs(read_checkpoint(dir() / "again").sizes.pixels.mean[0] - mean) < 1e-9);
    }

    void preprocessorsThatMakeNoSense() {
        put_clip();
        for (const char* content : {R"({"image_mean":[1,2]})", R"({"image_std":[1,0,1]})", R"({"image_std":"x"})",
                                    R"({"rescale_factor":-1})", "[]", "{"}) {
            write_file_atomically(dir() / "preprocessor_config.json", content);
            const auto said = error_text([&] { read_checkpoint(dir()); });
            QVERIFY2(says(said, {"preprocessor_config.json"}), said.c_str());
        }
    }

    void otherInterpolationsAreSaid() {
        put_clip();
        put("preprocessor_config.json", {{"resample", 2}});
        QVERIFY(mentions(read_checkpoint(dir()).warnings, "bilinear"));
    }

    void pixelsAreBroughtToTheModelsScale() {
        const auto frames = torch::full({1, 3, 2, 2}, 51, torch::kUInt8);
        const auto scaled = model::normalise_pixels(frames, {.mean = {0.1, 0.2, 0.3}, .deviation = {0.1, 0.5, 1}});
        QVERIFY(torch::allclose(scaled[0].flatten(1).select(1, 0), torch::tensor({1.0F, 0.0F, -0.1F}), 1e-5, 1e-6));
    }
};

REST_TEST(TestModelConfig)
#include "test_model_config.moc"
