// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include "core/model/clip.h"
#include "tests/support/golden.h"
#include "tests/support/test_program.h"

using namespace rest::checkpoint;
using namespace rest;
using namespace rest::model;

class TestClip : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void bothSidesEqualTheReference() {
        REST_REFERENCE_OR_SKIP(golden, "golden/clip-tiny");
        torch::NoGradGuard no_grad;
        auto checkpoint = read_checkpoint(golden);
        const auto clip = ClipModel::from_checkpoint(checkpoint, 0, test::test_device());
        const test::Golden io(golden);
        REST_AGREES(io, clip.encode_images(io["pixel_values"]), "image_embeds");
        REST_AGREES(io, clip.encode_texts(io["input_ids"]), "text_embeds");
        const auto unit = clip_video_features(clip, io["pixel_values"].unsqueeze(1));
        REST_AGREES(io, unit, "image_embeds_unit");
    }

    void textsCutAtTheLongestAreExact() {
        REST_REFERENCE_OR_SKIP(golden, "golden/clip-tiny");
        torch::NoGradGuard no_grad;
        auto checkpoint = read_checkpoint(golden);
        const auto clip = ClipModel::from_checkpoint(checkpoint, 0, test::test_device());
        const test::Golden io(golden);
        const auto ids = io["input_ids"];
        const auto ends = (ids == clip.sizes.text.eos).to(torch::kInt32).argmax(1);
        const int64_t longest = ends.max().item<int64_t>() + 1;
        QVERIFY(longest < ids.size(1));
        REST_AGREES(io, clip.encode_texts(ids.slice(1, 0, longest)), "text_embeds");
    }
};

REST_TEST(TestClip)
#include "test_clip.moc"
