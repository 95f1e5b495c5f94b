// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include "core/model/blip.h"
#include "core/training/adamw.h"
#include "tests/support/device_tensors.h"
#include "tests/support/reference.h"
#include "tests/support/tensors.h"
#include "tests/support/test_program.h"
#include "tests/training/undecided_steps.h"

using namespace rest;
using namespace rest::training;
using rest::test::difference;

/// The video encoder, the masked loss, every gradient and one AdamW step, against the reference implementation.
class TestVideoTraining : public QObject {
    Q_OBJECT

    struct Case {
        checkpoint::Weights io;
        nlohmann::json expected;
        model::GarModel model;
        FlatParameters flat;
    };

    static Case load(const std::filesystem::path& golden) {
        Case c;
        c.io = test::device_tensors(golden / "video" / "io.safetensors");
        c.expected = test::read_json(golden / "video" / "expected.json");
        auto checkpoint = checkpoint::read_checkpoint(golden / "blip-tiny");
        for (const auto& [name, tensor] : c.io) {
            const std::string prefix = "adapters.";
            if (name.starts_with(prefix))
                checkpoint.weights["temporal_adapter." + name.substr(prefix.size())] = tensor.to(torch::kCPU);
        }
        c.model = model::GarModel::from_checkpoint(std::move(checkpoint), {.device = test::test_device()});
        c.flat = make_trainable(c.model);
        return c;
    }

    static torch::Tensor loss(Case& c, double smoothing) {
        const auto logits = c.model.decoder.forward(c.io["input_ids"], c.model.encode(c.io["clips"]));
        return model::caption_loss(logits, c.io["input_ids"], c.expected["prompt_length"], smoothing,
                                   c.model.sizes.text.pad);
    }

    static bool close(double got, double wanted, double relative) {
        return std::abs(got - wanted) <= relative * std::abs(wanted);
    }

    /// The same tensor has one name in the reference and may have two here.
    static std::string our_name(std::string name) {
        if (name.starts_with("adapters.")) return "temporal_adapter." + name.substr(9);
        return name;
    }

  private Q_SLOTS:
    void featuresAndLogits() {
        REST_REFERENCE_OR_SKIP(golden, "golden");
        auto c = load(golden);
        const auto features = c.model.encode(c.io["clips"]);
        QVERIFY(difference(features, c.io["features"]) < 1e-4);
        const auto real = c.io["attention_mask"].to(torch::kBool);
        const auto logits = c.model.decoder.forward(c.io["input_ids"], features);
        QVERIFY(difference(logits.index({real}), c.io["logits"].index({real})) < 1e-4);
    }

    void lossGradientsAndOneStep() {
        REST_REFERENCE_OR_SKIP(golden, "golden");
        auto c = load(golden);
        QVERIFY(close(loss(c, 0).item<double>(), c.expected["loss_without_smoothing"], 1e-5));
        const auto smoothed = loss(c, c.expected["label_smoothing"]);
        QVERIFY(close(smoothed.item<double>(), c.expected["loss"], 1e-5));
        smoothed.backward();
        for (const auto& [name, norm] : c.expected["gradient_norms"].items()) {
            const auto gradient = checkpoint::require(c.model.weights, our_name(name)).grad();
            // Where the true gradient is zero, what is left is rounding.
            const double got = gradient.norm().item<double>();
            QVERIFY2(close(got, norm, 1e-3) || (norm.get<double>() < 1e-5 && got < 1e-5), name.c_str());
        }
        const auto& adamw = c.expected["adamw"];
        AdamW optimiser(c.flat, {.beta1 = adamw["betas"][0],
                                 .beta2 = adamw["betas"][1],
                                 .epsilon = adamw["eps"],
                                 .weight_decay = adamw["weight_decay"]});
        test::UndecidedSteps undecided(c.model.weights, c.flat, adamw["lr"], adamw["eps"]);
        QVERIFY(static_cast<double>(undecided.count()) < 2e-3 * static_cast<double>(c.flat.values.numel()));
        optimiser.step(adamw["lr"]);
        QCOMPARE(c.flat.gradients.abs().max().item<float>(), 0.f);
        torch::NoGradGuard no_gradients;
        const double after =
            undecided.settle([&] { return c.model.encode(c.io["clips"]); }, c.io["features_after_one_step"], 1e-4);
        QVERIFY2(after < 1e-4, qPrintable(QString::number(after)));
        QVERIFY(close(loss(c, c.expected["label_smoothing"]).item<double>(), c.expected["loss_after_one_step"], 1e-5));
    }
};

REST_TEST(TestVideoTraining)
#include "test_video_training.moc"
