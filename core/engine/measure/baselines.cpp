// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/baselines.h"
#include "core/tensor/unit_length.h"

#include "core/engine/inference/video_features.h"
#include "core/model/blip_retrieval.h"

namespace rest::engine {
namespace {

constexpr int kLongestText = 40;  // tokens, as BLIP's authors cut them

Evaluation rank_classes(const torch::Tensor& videos, const Matrix& classes, const BaselineInput& input) {
    Evaluation out;
    std::vector<int64_t> rows;
    for (int64_t i = 0; i < input.clips.size(); ++i) {
        if (!input.clips.readable(i)) continue;
        rows.push_back(i);
        out.labels.push_back(input.clips.video(i).label);
    }
    if (rows.empty()) return out;
    const auto features = videos.index_select(0, torch::tensor(rows));
    out.tam = evaluation::clip_tam(to_matrix(features), classes, out.labels);
    const auto names = to_tensor(classes);
    for (size_t i = 0; i < rows.size(); ++i) {
        const int predicted = out.tam.predicted[i];
        const auto row = static_cast<int64_t>(i);
        out.predictions.push_back({.video = input.clips.video(rows[i]).id,
                                   .caption = input.on.classes[predicted],
                                   .score = features[row].dot(names[predicted]).item<float>(),
                                   .predicted = predicted,
                                   .rank = out.tam.rank[i]});
    }
    return out;
}

/// Each class in each template, features averaged, like class_features() for CLIP.
Matrix blip_class_features(const model::BlipRetrieval& model, const text::WordPiece& tokenizer,
                           const BaselineInput& input) {
    torch::NoGradGuard no_grad;
    std::vector<torch::Tensor> rows;
    for (const auto& name : input.on.classes) {
        torch::Tensor sum;
        for (const auto& text : input.settings.measurement.class_templates) {
            const auto ids = tokenizer.encode(in_template(text, name), kLongestText);
            const auto feature =
                model.encode_texts(torch::tensor(ids).unsqueeze(0).to(input.machine.device)).to(torch::kCPU);
            sum = sum.defined() ? sum + feature : feature;
        }
        rows.push_back(sum);
    }
    return to_matrix(tensor::unit_length(torch::cat(rows)));
}

}  // namespace

Evaluation clip_zero_shot(const ClipNetwork& clip, const BaselineInput& input, Task& task) {
    const auto videos = kept_video_features(input.project.features_dir() / "evaluation.features", clip.key, input.clips,
                                            clip_encoder(clip.model), input.machine, task);
    return rank_classes(
        videos, class_features(clip, input.on.classes, input.settings.measurement.class_templates, input.machine, task),
        input);
}

Evaluation blip_zero_shot(const std::filesystem::path& folder, const BaselineInput& input, Task& task) {
    auto checkpoint = checkpoint::read_checkpoint(folder);
    const auto tokenizer = text::WordPiece::load(checkpoint.folder);
    checkpoint.sizes.text.pad = tokenizer.pad();
    const auto model =
        model::BlipRetrieval::from_checkpoint(checkpoint, input.clips.settings().view, input.machine.device);
    const auto videos = encode_videos(
        input.clips,
        [&](const torch::Tensor& pixels) {
            return model::blip_video_features(model, model::normalise_pixels(pixels, model.sizes.pixels));
        },
        input.machine, task);
    auto out = rank_classes(videos, blip_class_features(model, tokenizer, input), input);
    out.cautions = cautions_of(checkpoint);
    return out;
}

}  // namespace rest::engine
