// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measure/baselines.h"
#include "core/tensor/unit_length.h"

#include "core/engine/inference/video_features.h"
#include "core/model/blip_retrieval.h"
#include "core/models/model_list.h"

namespace rest::engine {
namespace {

constexpr int kLongestText = 40;  // tokens, as BLIP's authors cut them

Evaluation rank_classes(const torch::Tensor& videos, const Matrix& classes, const ClipStore& clips,
                        const std::vector<std::string>& names_of) {
    Evaluation out;
    std::vector<int64_t> rows;
    for (int64_t i = 0; i < clips.size(); ++i) {
        if (!clips.readable(i)) continue;
        rows.push_back(i);
        out.labels.push_back(clips.video(i).label);
    }
    if (rows.empty()) return out;
    const auto features = videos.index_select(0, torch::tensor(rows));
    out.tam = evaluation::clip_tam(to_matrix(features), classes, out.labels);
    const auto names = to_tensor(classes);
    for (size_t i = 0; i < rows.size(); ++i) {
        const int predicted = out.tam.predicted[i];
        const auto row = static_cast<int64_t>(i);
        out.predictions.push_back({.video = clips.video(rows[i]).id,
                                   .caption = names_of[predicted],
                                   .score = features[row].dot(names[predicted]).item<float>(),
                                   .predicted = predicted,
                                   .rank = out.tam.rank[i],
                                   .nearest = near_classes(out.tam, i)});
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

ClipStore clips_for(const BaselineInput& input, int64_t view, Task& task) {
    return {clip_store_settings(input.project.frames_dir(), input.settings, view, task), input.on.videos};
}

}  // namespace

std::filesystem::path baseline_weights(store::RunKind kind, const std::filesystem::path& asked,
                                       const store::ProjectModels& models) {
    if (!asked.empty()) return rest::models::model_folder(asked.string());
    if (kind == store::RunKind::blip) return captioner_folder(models);
    if (kind == store::RunKind::clip) return clip_folder(models);
    throw Error(ErrorCode::invalid_argument, "BLIP in CLIP mode needs an image-text matching checkpoint",
                "Name it, for example --model blip-itm-base-coco.");
}

Evaluation clip_zero_shot(const std::filesystem::path& model, const BaselineInput& input, Task& task) {
    const auto clip = load_clip(model, input.settings.clips.image_size, input.machine);
    const auto clips = clips_for(input, clip.model.sizes.vision.image, task);
    const auto videos = kept_video_features(input.project.features_dir() / "evaluation.features", clip.key, clips,
                                            clip_encoder(clip.model), input.machine, task);
    const auto classes =
        class_features(clip, input.on.classes, input.settings.measurement.class_templates, input.machine, task);
    auto out = rank_classes(videos, classes, clips, input.on.classes);
    out.cautions = clip.cautions;
    return out;
}

Evaluation blip_zero_shot(const std::filesystem::path& folder, const BaselineInput& input, Task& task) {
    auto checkpoint = checkpoint::read_checkpoint(folder);
    const auto tokenizer = text::WordPiece::load(checkpoint.folder);
    checkpoint.sizes.text.pad = tokenizer.pad();
    const auto model =
        model::BlipRetrieval::from_checkpoint(checkpoint, input.settings.clips.image_size, input.machine.device);
    const auto clips = clips_for(input, model.sizes.vision.image, task);
    const auto videos = encode_videos(
        clips,
        [&](const torch::Tensor& pixels) {
            return model::blip_video_features(model, model::normalise_pixels(pixels, model.sizes.pixels));
        },
        input.machine, task);
    auto out = rank_classes(videos, blip_class_features(model, tokenizer, input), clips, input.on.classes);
    out.cautions = cautions_of(checkpoint);
    return out;
}

}  // namespace rest::engine
