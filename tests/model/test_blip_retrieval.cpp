// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/libtorch.h"

#include "core/base/error.h"
#include "core/model/blip_retrieval.h"
#include "tests/support/golden.h"
#include "tests/support/test_program.h"

using namespace rest::checkpoint;
using namespace rest;
using namespace rest::model;

class TestBlipRetrieval : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void bothSidesEqualTheReference() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-itm-tiny");
        torch::NoGradGuard no_grad;
        auto checkpoint = read_checkpoint(golden);
        QCOMPARE(checkpoint.kind, CheckpointKind::blip_retrieval);
        const auto model = BlipRetrieval::from_checkpoint(checkpoint, 0, test::test_device());
        const test::Golden io(golden);
        const auto images = model.encode_images(io["pixel_values"]);
        const auto texts = model.encode_texts(io["input_ids"]);
        REST_AGREES(io, images, "image_embeds_unit");
        REST_AGREES(io, texts, "text_embeds_unit");
        REST_AGREES(io, images.matmul(texts.t()), "scores");
        const auto video = blip_video_features(model, io["pixel_values"].unsqueeze(1));
        REST_AGREES(io, video, "image_embeds_unit");
    }

    void paddingChangesNothing() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-itm-tiny");
        torch::NoGradGuard no_grad;
        auto checkpoint = read_checkpoint(golden);
        const auto model = BlipRetrieval::from_checkpoint(checkpoint, 0, test::test_device());
        const test::Golden io(golden);
        const auto padded = torch::constant_pad_nd(io["input_ids"], {0, 5}, model.sizes.text.pad);
        REST_AGREES(io, model.encode_texts(padded), "text_embeds_unit");
    }

    void aCaptionerIsRefusedByName() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        auto checkpoint = read_checkpoint(golden);
        QVERIFY_EXCEPTION_THROWN(BlipRetrieval::from_checkpoint(checkpoint, 0, torch::kCPU), Error);
    }
};

REST_TEST(TestBlipRetrieval)
#include "test_blip_retrieval.moc"
