// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include "core/model/clip.h"
#include "tests/support/device_tensors.h"
#include "tests/support/reference.h"
#include "tests/support/tensors.h"
#include "tests/support/test_program.h"

using namespace rest::checkpoint;
using namespace rest;
using namespace rest::model;
using rest::test::difference;

class TestClip : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void bothSidesEqualTheReference() {
        REST_REFERENCE_OR_SKIP(golden, "golden/clip-tiny");
        torch::NoGradGuard no_grad;
        auto checkpoint = read_checkpoint(golden);
        const auto clip = ClipModel::from_checkpoint(checkpoint, 0, test::test_device());
        auto io = test::device_tensors(golden / "io.safetensors");
        QVERIFY(difference(clip.encode_images(io["pixel_values"]), io["image_embeds"]) < 1e-4);
        QVERIFY(difference(clip.encode_texts(io["input_ids"]), io["text_embeds"]) < 1e-4);
        const auto unit = clip_video_features(clip, io["pixel_values"].unsqueeze(1));
        QVERIFY(difference(unit, io["image_embeds_unit"]) < 1e-4);
    }

    void textsCutAtTheLongestAreExact() {
        REST_REFERENCE_OR_SKIP(golden, "golden/clip-tiny");
        torch::NoGradGuard no_grad;
        auto checkpoint = read_checkpoint(golden);
        const auto clip = ClipModel::from_checkpoint(checkpoint, 0, test::test_device());
        auto io = test::device_tensors(golden / "io.safetensors");
        const auto ids = io["input_ids"];
        const auto ends = (ids == clip.sizes.text.eos).to(torch::kInt32).argmax(1);
        const int64_t longest = ends.max().item<int64_t>() + 1;
        QVERIFY(longest < ids.size(1));
        QVERIFY(difference(clip.encode_texts(ids.slice(1, 0, longest)), io["text_embeds"]) < 1e-4);
    }
};

REST_TEST(TestClip)
#include "test_clip.moc"
