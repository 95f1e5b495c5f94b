// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include "core/model/blip.h"
#include "core/training/adamw.h"
#include "tests/support/golden.h"
#include "tests/support/test_program.h"
#include "tests/training/undecided_steps.h"

using namespace rest;
using namespace rest::training;
using rest::test::allowed;

/// The video encoder, the masked loss, every gradient and one AdamW step, against the reference implementation.
class TestVideoTraining : public QObject {
    Q_OBJECT

    struct Case {
        test::Golden io;
        nlohmann::json expected;
        model::GarModel model;
        FlatParameters flat;
    };

    static Case load(const std::filesystem::path& golden) {
        Case c{.io = test::Golden(golden / "video")};
        c.expected = test::read_json(golden / "video" / "expected.json");
        auto checkpoint = checkpoint::read_checkpoint(golden / "blip-tiny");
        for (const auto& [name, tensor] : c.io.tensors) {
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

    /// Our name of a tensor of the reference.
    static std::string our_name(std::string name) {
        if (name.starts_with("adapters.")) return "temporal_adapter." + name.substr(9);
        return name;
    }

  private Q_SLOTS:
    void featuresAndLogits() {
        REST_REFERENCE_OR_SKIP(golden, "golden");
        auto c = load(golden);
        const auto features = c.model.encode(c.io["clips"]);
        REST_AGREES(c.io, features, "features");
        const auto real = c.io["attention_mask"].to(torch::kBool);
        const auto logits = c.model.decoder.forward(c.io["input_ids"], features);
        REST_AGREES(c.io, logits, "logits", real);
    }

    void lossGradientsAndOneStep() {
        REST_REFERENCE_OR_SKIP(golden, "golden");
        auto c = load(golden);
        const auto distances = c.expected.value("distances", nlohmann::json::object());
        const auto norm_distances = distances.value("gradient_norms", nlohmann::json::object());
        const auto as_expected = [&](const torch::Tensor& got, const std::string& name) {
            return close(got.item<double>(), c.expected[name], allowed(distances, name, 1e-5));
        };
        QVERIFY(as_expected(loss(c, 0), "loss_without_smoothing"));
        const auto smoothed = loss(c, c.expected["label_smoothing"]);
        QVERIFY(as_expected(smoothed, "loss"));
        smoothed.backward();
        for (const auto& [name, norm] : c.expected["gradient_norms"].items()) {
            const auto gradient = checkpoint::require(c.model.weights, our_name(name)).grad();
            // Where the true gradient is zero, only rounding errors remain.
            const double got = gradient.norm().item<double>();
            const bool agrees = norm < 1e-5 ? got < 1e-5 : close(got, norm, allowed(norm_distances, name, 1e-3));
            QVERIFY2(agrees, qPrintable(QStringLiteral("%1: %2").arg(name.c_str()).arg(got / norm.get<double>() - 1)));
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
        const double enough = c.io.limit("features_after_one_step");
        const double after =
            undecided.settle([&] { return c.model.encode(c.io["clips"]); }, c.io["features_after_one_step"], enough);
        QVERIFY2(after <= enough, qPrintable(QString::number(after)));
        QVERIFY(as_expected(loss(c, c.expected["label_smoothing"]), "loss_after_one_step"));
    }
};

REST_TEST(TestVideoTraining)
#include "test_video_training.moc"
