// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/tensor/libtorch.h"

#include "core/base/error.h"
#include "core/model/beam_search.h"
#include "core/model/blip.h"
#include "tests/support/golden.h"
#include "tests/support/test_program.h"

using namespace rest::checkpoint;
using namespace rest;
using namespace rest::model;

namespace {

BeamSettings settings_of(const nlohmann::json& json) {
    BeamSettings s;
    s.beams = json.at("num_beams");
    s.max_length = json.at("max_length");
    s.min_length = json.at("min_length");
    s.length_penalty = json.value("length_penalty", 1.0);
    s.repetition_penalty = json.value("repetition_penalty", 1.0);
    return s;
}

}  // namespace

class TestBeamSearch : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyRunEqualsTheReference() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        const auto model = GarModel::from_checkpoint(read_checkpoint(golden),
                                                     {.temporal_adapter = false, .device = test::test_device()});
        auto io = test::device_tensors(golden / "io.safetensors");
        const auto visual = model.encode_images(io["pixel_values"]).detach();
        for (const auto& run : test::read_json(golden / "generate.json")) {
            const std::vector<int64_t> prompt = run["prompt"][0];
            const auto found =
                beam_search(model.decoder, model.decoder.project(visual), prompt, settings_of(run["settings"]));
            const std::vector<std::vector<int64_t>> wanted = run["sequences"];
            QCOMPARE(found.size(), wanted.size());
            for (size_t i = 0; i < found.size(); ++i) {
                QVERIFY2(found[i].ids == wanted[i], qPrintable(QString::fromStdString(run["settings"].dump())));
                if (!run.contains("sequences_scores")) continue;
                const double score = run["sequences_scores"][i];
                QVERIFY(std::abs(found[i].score - score) <=
                        test::allowed(run, "distance", 1e-4) * std::max(1.0, std::abs(score)));
            }
        }
    }

    void aVideoAloneGetsTheSameCaption() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        const auto model = GarModel::from_checkpoint(read_checkpoint(golden),
                                                     {.temporal_adapter = false, .device = test::test_device()});
        auto io = test::device_tensors(golden / "io.safetensors");
        const auto visual = model.encode_images(io["pixel_values"]).detach();
        const std::vector<int64_t> prompt = {model.sizes.text.bos};
        const auto together = beam_search(model.decoder, model.decoder.project(visual), prompt, {});
        for (int64_t i = 0; i < visual.size(0); ++i) {
            const auto alone = beam_search(model.decoder, model.decoder.project(visual.slice(0, i, i + 1)), prompt, {});
            QCOMPARE(alone[0].ids, together[i].ids);
        }
    }

    void aPromptThatFillsTheLengthIsRefused() {
        REST_REFERENCE_OR_SKIP(golden, "golden/blip-tiny");
        const auto model = GarModel::from_checkpoint(read_checkpoint(golden),
                                                     {.temporal_adapter = false, .device = test::test_device()});
        const auto visual = torch::zeros({1, 5, model.sizes.vision.hidden}, test::test_device());
        const std::vector<int64_t> prompt(20, 3);
        QVERIFY_THROWS_EXCEPTION(Error, beam_search(model.decoder, model.decoder.project(visual), prompt, {}));
    }
};

REST_TEST(TestBeamSearch)
#include "test_beam_search.moc"
