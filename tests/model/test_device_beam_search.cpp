// SPDX-License-Identifier: GPL-3.0-or-later
// The beam search that GPUs run, on the CPU: equal to the CPU's own and to transformers.
#include <algorithm>
#include <cmath>

#include "core/tensor/libtorch.h"

#include "core/base/error.h"
#include "core/checkpoint/safetensors.h"
#include "core/model/blip.h"
#include "core/model/device_beam_search.h"
#include "tests/support/golden.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::checkpoint;
using namespace rest::model;

namespace {

struct Golden {
    GarModel model;
    torch::Tensor visual;

    explicit Golden(const std::filesystem::path& folder)
        : model(GarModel::from_checkpoint(read_checkpoint(folder), {.temporal_adapter = false})) {
        auto io = read_safetensors(folder / "io.safetensors");
        visual = model.encode_images(io["pixel_values"]).detach();
    }
    DeviceBeamSearch search(torch::ScalarType type = torch::kFloat32) const {
        return DeviceBeamSearch(StepDecoder::from(model.decoder, type));
    }
    /// By the CPU's search.
    std::vector<Hypothesis> wanted(const std::vector<int64_t>& prompt, const BeamSettings& settings) const {
        return beam_search(model.decoder, model.decoder.project(visual), prompt, settings);
    }
};

void compare(const std::vector<Hypothesis>& found, const std::vector<Hypothesis>& wanted) {
    QCOMPARE(found.size(), wanted.size());
    for (size_t i = 0; i < found.size(); ++i) {
        QCOMPARE(found[i].ids, wanted[i].ids);
        QVERIFY(std::abs(found[i].score - wanted[i].score) < 1e-4 * std::max(1.0, std::abs(wanted[i].score)));
    }
}

}  // namespace

class TestDeviceBeamSearch : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyRunEqualsTheReference() {
        REST_REFERENCE_OR_SKIP(folder, "golden/blip-tiny");
        const Golden golden(folder);
        auto search = golden.search();
        const auto memory = search.project(golden.visual);
        for (const auto& run : test::read_json(folder / "generate.json")) {
            const auto& json = run["settings"];
            const BeamSettings settings{.beams = json.at("num_beams"),
                                        .max_length = json.at("max_length"),
                                        .min_length = json.at("min_length"),
                                        .length_penalty = json.value("length_penalty", 1.0),
                                        .repetition_penalty = json.value("repetition_penalty", 1.0)};
            const std::vector<int64_t> prompt = run["prompt"][0];
            const auto found = search.run(memory, prompt, settings);
            const std::vector<std::vector<int64_t>> wanted = run["sequences"];
            QCOMPARE(found.size(), wanted.size());
            for (size_t i = 0; i < found.size(); ++i) {
                QVERIFY2(found[i].ids == wanted[i], qPrintable(QString::fromStdString(json.dump())));
                if (!run.contains("sequences_scores")) continue;
                const double score = run["sequences_scores"][i];
                QVERIFY(std::abs(found[i].score - score) <=
                        test::allowed(run, "distance", 1e-4) * std::max(1.0, std::abs(score)));
            }
        }
    }

    void allSettingsGiveWhatTheCpusSearchGives() {
        REST_REFERENCE_OR_SKIP(folder, "golden/blip-tiny");
        const Golden golden(folder);
        auto search = golden.search();
        const auto memory = search.project(golden.visual);
        const std::vector<int64_t> lone = {golden.model.sizes.text.bos},
                                   prompt = {golden.model.sizes.text.bos, 17, 33, 51, 7};
        for (const int64_t beams : {1, 2, 3, 6}) {
            for (const int64_t max_length : {7, 20, 30}) {
                for (const double penalty : {0.0, 1.0, 2.0}) {
                    for (const double repetition : {1.0, 1.3}) {
                        const BeamSettings settings{beams, max_length, max_length == 30 ? 30 : 4, penalty, repetition};
                        compare(search.run(memory, lone, settings), golden.wanted(lone, settings));
                        compare(search.run(memory, prompt, settings), golden.wanted(prompt, settings));
                    }
                }
            }
        }
    }

    void anotherBatchOfTheSameShapeFindsNothingOfTheLast() {
        REST_REFERENCE_OR_SKIP(folder, "golden/blip-tiny");
        const Golden golden(folder);
        auto search = golden.search();
        const std::vector<int64_t> prompt = {golden.model.sizes.text.bos};
        const auto first = search.run(search.project(golden.visual), prompt, {});
        search.run(search.project(golden.visual.flip(0)), prompt, {});
        search.run(search.project(golden.visual.slice(0, 0, 1)), prompt, {});
        compare(search.run(search.project(golden.visual), prompt, {}), first);
    }

    void bfloat16GivesCaptions() {
        REST_REFERENCE_OR_SKIP(folder, "golden/blip-tiny");
        const Golden golden(folder);
        auto search = golden.search(torch::kBFloat16);
        const auto found = search.run(search.project(golden.visual), {golden.model.sizes.text.bos}, {});
        QCOMPARE(static_cast<int64_t>(found.size()), golden.visual.size(0));
        for (const auto& caption : found) QVERIFY(caption.ids.size() > 1 && std::isfinite(caption.score));
    }

    void scoresThatAreNoNumbersAreAnErrorAndLeaveNothingBehind() {
        REST_REFERENCE_OR_SKIP(folder, "golden/blip-tiny");
        const Golden golden(folder);
        auto search = golden.search();
        const std::vector<int64_t> prompt = {golden.model.sizes.text.bos};
        for (const double damage : {std::nan(""), static_cast<double>(INFINITY)}) {
            try {
                search.run(search.project(torch::full_like(golden.visual, damage)), prompt, {});
                QFAIL("must throw");
            } catch (const Error& error) {
                QVERIFY(error.code() == ErrorCode::diverged);
            }
        }
        compare(search.run(search.project(golden.visual), prompt, {}), golden.wanted(prompt, {}));
    }
};

REST_TEST(TestDeviceBeamSearch)
#include "test_device_beam_search.moc"
