// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include "core/model/blip.h"
#include "tests/support/golden.h"
#include "tests/support/tensors.h"
#include "tests/support/test_program.h"

using namespace rest::checkpoint;
using namespace rest;
using namespace rest::model;
using rest::test::difference;

class TestBlip : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void imagesAndTextEqualTheReference() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        torch::NoGradGuard no_grad;
        const auto model = GarModel::from_checkpoint(read_checkpoint(golden),
                                                     {.temporal_adapter = false, .device = test::test_device()});
        const test::Golden io(golden);
        const auto vision = model.encode_images(io["pixel_values"]);
        REST_AGREES(io, vision, "vision_last_hidden_state");
        // Padding comes last, so the causal mask alone hides it from the text; its own logits are undefined.
        const auto real = io["attention_mask"].to(torch::kBool);
        const auto logits = model.decoder.forward(io["input_ids"], vision);
        REST_AGREES(io, logits, "logits", real);
    }

    void adaptersStartNearTheImageModel() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        torch::NoGradGuard no_grad;
        const auto model = GarModel::from_checkpoint(read_checkpoint(golden),
                                                     {.temporal_adapter = true, .device = test::test_device()});
        auto io = test::device_tensors(golden / "io.safetensors");
        const auto frame = io["pixel_values"].slice(0, 0, 1);
        const auto still = frame.unsqueeze(1).repeat({1, 8, 1, 1, 1});
        const auto features = model.encode(still);
        QVERIFY(difference(features, model.encode_images(frame)) > 0);
        QVERIFY((features - model.encode_images(frame)).abs().max().item<double>() < 0.2);
    }

    void adaptersAreAddedForTrainingAlone() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        torch::NoGradGuard no_grad;
        const auto checkpoint = read_checkpoint(golden);
        const auto as_it_is =
            GarModel::from_checkpoint(checkpoint, {.add_adapters = false, .device = test::test_device()});
        QVERIFY(as_it_is.vision.adapters.empty() && !as_it_is.new_adapters);
        const auto without =
            GarModel::from_checkpoint(checkpoint, {.temporal_adapter = false, .device = test::test_device()});
        const auto trainable = GarModel::from_checkpoint(checkpoint, {.device = test::test_device()});
        QVERIFY(trainable.new_adapters && !trainable.vision.adapters.empty());
        auto io = test::device_tensors(golden / "io.safetensors");
        const auto clips = io["pixel_values"].slice(0, 0, 2).unsqueeze(1).repeat({1, 4, 1, 1, 1});
        QVERIFY(torch::equal(as_it_is.encode(clips), without.encode(clips)));
        QVERIFY(torch::equal(trainable.encode_images(clips.select(1, 0)), without.encode_images(clips.select(1, 0))));

        auto trained = checkpoint;
        trained.kind = CheckpointKind::gar;
        for (const auto& [name, shape] : expected_tensors(trained.kind, trained.sizes)) {
            if (name.starts_with("temporal_adapter.")) trained.weights[name] = torch::full(shape, 0.05);
        }
        const auto gar = GarModel::from_checkpoint(trained, {.add_adapters = false, .device = test::test_device()});
        QCOMPARE(gar.vision.adapters.size(), gar.vision.layers.size());
        QVERIFY(!gar.new_adapters);
        QVERIFY(difference(gar.encode(clips), without.encode(clips)) > 1e-3);
        QVERIFY(difference(gar.encode_images(clips.select(1, 0)), without.encode_images(clips.select(1, 0))) > 1e-3);
    }

    void anotherImageSizeInterpolatesPositions() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        torch::NoGradGuard no_grad;
        const auto checkpoint = read_checkpoint(golden);
        const int64_t size = checkpoint.sizes.vision.image + 2 * checkpoint.sizes.vision.patch;
        const auto model = GarModel::from_checkpoint(checkpoint, {.image_size = size, .device = test::test_device()});
        const int64_t side = size / checkpoint.sizes.vision.patch;
        const auto out = model.encode(torch::randn({2, 3, 3, size, size}, test::test_device()));
        QCOMPARE(out.size(1), side * side + 1);
        QVERIFY(torch::isfinite(out).all().item<bool>());
    }
};

REST_TEST(TestBlip)
#include "test_blip.moc"
