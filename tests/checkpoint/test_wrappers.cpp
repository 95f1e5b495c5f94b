// SPDX-License-Identifier: GPL-3.0-or-later
// Models in whatever a trainer has wrapped them.
#include <QtTest/QtTest>

#include <filesystem>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/files/wrappers.h"
#include "core/checkpoint/safetensors.h"
#include "tests/checkpoint/made_checkpoint.h"
#include "tests/support/error_text.h"
#include "tests/support/pickle_writer.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::test;
namespace fs = std::filesystem;

namespace {

const std::vector<const char*> kWrappers{"",
                                         "module.",
                                         "_orig_mod.",
                                         "module._orig_mod.",
                                         "_orig_mod.module.",
                                         "model.",
                                         "net.",
                                         "clip.",
                                         "state_dict.",
                                         "state_dict.model.",
                                         "state_dict.model._orig_mod.module.",
                                         "ema_model.",
                                         "state_dict_ema.module.",
                                         "model_state_dict.",
                                         "some.trainer.of.tomorrow.",
                                         "base_model.model.",
                                         "_forward_module.",
                                         "my_visual.text_side."};

Weights with_prefix(const Weights& weights, const std::string& prefix) {
    Weights out;
    for (const auto& [name, tensor] : weights) out[prefix + name] = tensor;
    return out;
}

}  // namespace

class TestWrappers : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    fs::path dir() const { return fs::path(dir_->path().toStdString()); }

  private Q_SLOTS:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void everyWrapperComesOff_data() {
        QTest::addColumn<QString>("wrapper");
        for (const char* wrapper : kWrappers) QTest::addRow("'%s'", wrapper) << QString(wrapper);
    }

    void everyWrapperComesOff() {
        QFETCH(QString, wrapper);
        const auto prefix = wrapper.toStdString();
        const auto blip = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        write_safetensors(dir() / "blip.safetensors", with_prefix(blip, prefix));
        const auto captioner = read_checkpoint(dir() / "blip.safetensors");
        QCOMPARE(captioner.kind, CheckpointKind::blip_captioner);
        require_complete(captioner, CheckpointKind::blip_captioner);
        QVERIFY(captioner.unexpected.empty());
        compare(captioner.weights, blip);

        const auto clip = made(CheckpointKind::clip, tiny_clip()).weights;
        auto tensors = openai_tensors(clip, torch::kFloat32);
        for (auto& tensor : tensors) tensor.name = prefix + tensor.name;
        for (const char* name : {"clip.pt", "clip.ckpt", "clip.bin", "clip.pth", "clip", "clip.safetensors"}) {
            write_file_atomically(dir() / name, torch_archive(tensors));
            const auto read = read_checkpoint(dir() / name);
            QCOMPARE(read.kind, CheckpointKind::clip);
            require_complete(read, CheckpointKind::clip);
            QVERIFY(read.unexpected.empty());
            compare(read.weights, clip);
        }
    }

    void wrappersBetweenAModuleAndItsParts() {
        const auto clip = made(CheckpointKind::clip, tiny_clip()).weights;
        auto tensors = openai_tensors(clip, torch::kFloat32);
        for (auto& tensor : tensors) {
            for (const auto& [old, fresh] :
                 {std::pair{"visual.", "visual._orig_mod."},
                  std::pair{"transformer.resblocks.1.", "transformer.resblocks.1._checkpoint_wrapped_module."},
                  std::pair{".attn.", ".attn._fsdp_wrapped_module."}}) {
                if (const auto at = tensor.name.find(old); at != std::string::npos)
                    tensor.name.replace(at, std::string(old).size(), fresh);
            }
        }
        write_file_atomically(dir() / "clip.pt", torch_archive(tensors, "state_dict"));
        const auto read = read_checkpoint(dir() / "clip.pt");
        require_complete(read, CheckpointKind::clip);
        compare(read.weights, clip);
    }

    void towersUnderWordsOfTheirOwn() {  // open_clip's CustomTextCLIP
        const auto clip = made(CheckpointKind::clip, tiny_clip()).weights;
        auto tensors = openai_tensors(clip, torch::kFloat32);
        for (auto& tensor : tensors) {
            if (!tensor.name.starts_with("visual.") && tensor.name != "logit_scale")
                tensor.name = "text." + tensor.name;
        }
        write_file_atomically(dir() / "clip.pt", torch_archive(tensors));
        const auto read = read_checkpoint(dir() / "clip.pt");
        require_complete(read, CheckpointKind::clip);
        compare(read.weights, clip);
    }

    void ofTwoModelsOneIsTakenAndSaid_data() {
        QTest::addColumn<QString>("taken");
        QTest::addColumn<QString>("other");
        QTest::newRow("averaged") << "state_dict"
                                  << "state_dict_ema";
        QTest::newRow("ema first by name") << "model"
                                           << "ema_model";
        QTest::newRow("teacher") << "student"
                                 << "a_teacher";
        QTest::newRow("nested") << "state_dict.model"
                                << "state_dict.ema.module";
        QTest::newRow("two equals") << "a"
                                    << "b";
    }

    void ofTwoModelsOneIsTakenAndSaid() {
        QFETCH(QString, taken);
        QFETCH(QString, other);
        const auto raw = made(CheckpointKind::clip, tiny_clip()).weights;
        Weights averaged;
        for (const auto& [name, tensor] : raw) averaged[name] = tensor + 1;
        auto both = with_prefix(raw, taken.toStdString() + ".");
        both.merge(with_prefix(averaged, other.toStdString() + "."));
        write_safetensors(dir() / "both.safetensors", both);
        const auto read = read_checkpoint(dir() / "both.safetensors");
        require_complete(read, CheckpointKind::clip);
        compare(read.weights, raw);
        QVERIFY(mentions(read.warnings, "2 models"));
        QVERIFY(mentions(read.warnings, "\"" + taken.toStdString() + "\" is taken"));
        QVERIFY(mentions(read.warnings, other.toStdString()));
    }

    void statesOfOptimisersAreNoModels() {
        const auto weights = made(CheckpointKind::clip, tiny_clip()).weights;
        auto all = with_prefix(weights, "state_dict.model.");
        for (const auto& [name, tensor] : weights) {
            all["a_optimizer.state." + name] = tensor * 2;
            all["adam." + name + ".exp_avg"] = tensor * 3;
            all["adam." + name + ".exp_avg_sq"] = tensor * 4;
        }
        all["callbacks.best"] = torch::ones({1});
        write_safetensors(dir() / "last.ckpt", all);
        const auto read = read_checkpoint(dir() / "last.ckpt");
        require_complete(read, CheckpointKind::clip);
        QVERIFY(read.unexpected.empty() && !mentions(read.warnings, "models"));
        compare(read.weights, weights);
    }

    void adaptersThatAreNotMergedAreRefused() {
        auto weights = made(CheckpointKind::blip_captioner, tiny_blip()).weights;
        weights["text_decoder.bert.encoder.layer.0.attention.self.query.lora_A.default.weight"] = torch::ones({2, 128});
        write_safetensors(dir() / "lora.safetensors", weights);
        const auto said = error_text([&] { read_checkpoint(dir() / "lora.safetensors"); });
        QVERIFY2(says(said, {"lora.safetensors", "layer.0.attention.self.query.lora_A", "merge_and_unload"}),
                 said.c_str());
    }

    void tensorsOfAnotherArchitectureAreSaid() {
        auto weights = made(CheckpointKind::clip, tiny_clip()).weights;
        weights["vision_model.encoder.layers.0.ls_1.gamma"] = torch::ones({64});
        write_safetensors(dir() / "scaled.safetensors", weights);
        QVERIFY(mentions(read_checkpoint(dir() / "scaled.safetensors").warnings, "layers.0.ls_1.gamma"));
    }

    void theNamesAloneTell() {
        const auto found = find_model({"x.optim.visual.conv1.weight", "epoch", "x.net.visual.conv1.weight",
                                       "x.net.transformer.resblocks.0.ln_1.bias", "half.visual.conv1.weight"});
        QVERIFY(found.found && found.others.empty());
        QCOMPARE(found.prefix, std::string("x.net."));
        QVERIFY(!find_model({"bert.embeddings.weight", "audiovisual.conv1.weight"}).found);
        QCOMPARE(without_inner_wrappers("visual._orig_mod.module.conv1.weight"), std::string("visual.conv1.weight"));
    }
};

REST_TEST(TestWrappers)
#include "test_wrappers.moc"
