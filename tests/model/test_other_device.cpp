// SPDX-License-Identifier: GPL-3.0-or-later
// The code paths for devices other than the CPU, on LibTorch's `meta` device, whose tensors have no data: reading data
// throws, and an operation that mixes in a CPU tensor is reported. Guards the GPU's path on machines without one.
#include "core/tensor/libtorch.h"

#include <QtTest/QtTest>
#include <exception>

#include "core/checkpoint/new_checkpoint.h"
#include "core/model/blip.h"
#include "core/model/blip_retrieval.h"
#include "core/model/clip.h"
#include "tests/model/meta_kernels.h"
#include "tests/model/mixed_devices.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::model;

namespace {

const torch::Device kMeta(torch::kMeta);

torch::TensorOptions there(torch::ScalarType type = torch::kFloat32) {
    return torch::TensorOptions().device(kMeta).dtype(type);
}

ModelSizes captioner_sizes() {
    ModelSizes sizes;
    sizes.vision = {.hidden = 96, .layers = 3, .heads = 4, .mlp = 192, .image = 64, .patch = 16};
    sizes.text = {
        .hidden = 96, .layers = 2, .heads = 4, .mlp = 192, .vocabulary = 300, .positions = 64, .encoder_hidden = 96};
    return sizes;
}

ModelSizes pair_sizes() {
    auto sizes = captioner_sizes();
    sizes.activation = "quick_gelu";
    sizes.projection = 24;
    sizes.text.eos = sizes.text.pad = 299;
    return sizes;
}

GarModel captioner() {
    return GarModel::from_checkpoint(new_checkpoint(CheckpointKind::blip_captioner, captioner_sizes(), 1),
                                     {.device = kMeta});
}

torch::Tensor clips() {
    return torch::empty({2, 8, 3, 64, 64}, there());
}
torch::Tensor ids(int64_t rows, int64_t length) {
    return torch::empty({rows, length}, there(torch::kInt64));
}

bool is(const torch::Tensor& got, std::vector<int64_t> sizes) {
    return got.is_meta() && got.sizes() == c10::IntArrayRef(sizes);
}

}  // namespace

#define NOTHING_MIXED(mixed) QVERIFY2(mixed.names().empty(), mixed.names().c_str())

class TestOtherDevice : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() { test::add_missing_meta_kernels(); }

    void hostTensorsAreFound() {
        test::MixedDevices mixed;
        const auto wide = torch::empty({4, 4}, there());
        (void)(wide * torch::tensor(2.0) + wide.to(torch::kFloat64));  // allowed on every device
        (void)torch::zeros({4, 4}).to(kMeta);
        NOTHING_MIXED(mixed);
        try {
            (void)torch::cat({wide, torch::zeros({4, 4})});
        } catch (const std::exception&) {  // a LibTorch that checks this itself
        }
        QVERIFY(!mixed.names().empty());
        QVERIFY_THROWS_EXCEPTION(std::exception, wide.sum().item<float>());
        QVERIFY_THROWS_EXCEPTION(std::exception, wide.to(torch::kCPU));
    }

    void pixelsAndEncoder() {
        torch::NoGradGuard no_grad;
        const auto model = captioner();
        test::MixedDevices mixed;
        QVERIFY(is(normalise_pixels(torch::empty({2, 8, 3, 64, 64}, there(torch::kUInt8))), {2, 8, 3, 64, 64}));
        QVERIFY(is(model.encode(clips()), {2, 17, 96}));
        QVERIFY(is(model.encode_images(clips().flatten(0, 1)), {16, 17, 96}));
        NOTHING_MIXED(mixed);
    }

    void decoderAndLoss() {
        torch::NoGradGuard no_grad;
        const auto model = captioner();
        const auto visual = torch::empty({2, 17, 96}, there());
        test::MixedDevices mixed;
        const auto logits = model.decoder.forward(ids(2, 9), visual);
        QVERIFY(is(logits, {2, 9, 300}));
        QVERIFY(is(caption_loss(logits, ids(2, 9), 4, 0.2, 0), {}));
        NOTHING_MIXED(mixed);
    }

    void stepsOfDecoding() {
        torch::NoGradGuard no_grad;
        const auto model = captioner();
        const auto& decoder = model.decoder;
        test::MixedDevices mixed;
        DecoderCache cache;
        const auto memory = decoder.project(torch::empty({2, 17, 96}, there()));
        QVERIFY(is(decoder.step(ids(2, 4), memory, cache), {2, 300}));
        cache.reorder(torch::empty({6}, there(torch::kInt64)));
        QVERIFY(is(decoder.step(ids(6, 1), memory, cache), {6, 300}));
        QVERIFY(is(decoder.step(ids(6, 1), memory, cache), {6, 300}));
        NOTHING_MIXED(mixed);
    }

    void gradients() {
        auto model = captioner();
        // Not by make_trainable(): it recognises tied tensors by their address, and meta tensors have none.
        for (auto& [name, tensor] : model.weights)
            tensor = tensor.detach().set_requires_grad(tensor.is_floating_point());
        model.rebuild();
        test::MixedDevices mixed;
        const auto logits = model.decoder.forward(ids(2, 9), model.encode(clips()));
        caption_loss(logits, ids(2, 9), 4, 0.2, 0).backward();
        for (const auto& [name, tensor] : model.weights) {
            if (!tensor.is_floating_point()) continue;
            QVERIFY2(tensor.grad().defined() && tensor.grad().is_meta(), name.c_str());
        }
        NOTHING_MIXED(mixed);
    }

    void clipBothSides() {
        torch::NoGradGuard no_grad;
        auto checkpoint = new_checkpoint(CheckpointKind::clip, pair_sizes(), 1);
        const auto clip = ClipModel::from_checkpoint(checkpoint, 0, kMeta);
        test::MixedDevices mixed;
        QVERIFY(is(clip_video_features(clip, clips()), {2, 24}));
        QVERIFY(is(clip.encode_texts(ids(5, 12)), {5, 24}));
        NOTHING_MIXED(mixed);
    }

    void blipRetrievalBothSides() {
        torch::NoGradGuard no_grad;
        auto checkpoint = new_checkpoint(CheckpointKind::blip_retrieval, pair_sizes(), 1);
        const auto model = BlipRetrieval::from_checkpoint(checkpoint, 0, kMeta);
        test::MixedDevices mixed;
        QVERIFY(is(blip_video_features(model, clips()), {2, 24}));
        QVERIFY(is(model.encode_texts(ids(5, 12)), {5, 24}));
        NOTHING_MIXED(mixed);
    }
};

REST_TEST(TestOtherDevice)
#include "test_other_device.moc"
