// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding and the optimiser at BLIP-base's size.
#include <fmt/format.h>

#include <memory>

#include "app/bench/micro.h"
#include "core/checkpoint/new_checkpoint.h"
#include "core/kernels/attention.h"
#include "core/model/beam_search.h"
#include "core/model/blip.h"
#include "core/training/adamw.h"
#include "core/training/autocast.h"

namespace rest::app {
namespace {

constexpr int64_t kBeams = 3, kHead = kWidth / kHeads;

std::shared_ptr<model::GarModel> blip_base(torch::Device device) {
    return std::make_shared<model::GarModel>(
        model::GarModel::from_checkpoint(checkpoint::new_checkpoint(checkpoint::CheckpointKind::blip_captioner, {}, 1),
                                         {.image_size = 224, .device = device}));
}

}  // namespace

/// Every step of a beam search has its own shape: if a plan were built for each, it would show in "first".
std::vector<MicroOperation> step_attention_operations(const MicroSettings& s) {
    const auto options = torch::TensorOptions().device(s.device).dtype(s.bf16 ? torch::kBFloat16 : torch::kFloat32);
    const auto add = [](std::vector<MicroOperation>& list, const std::string& name, double bytes,
                        const torch::Tensor& q, const torch::Tensor& k) {
        list.push_back({name, 0, bytes, [=] {
                            torch::NoGradGuard no_grad;
                            kernels::attention(q, k, k);
                        }});
    };
    std::vector<MicroOperation> list;
    for (const int64_t length : {5, 6, 7, 8}) {
        const auto q = torch::randn({kBeams * s.clips, kHeads, 1, kHead}, options);
        const auto k = torch::randn({kBeams * s.clips, kHeads, length, kHead}, options);
        add(list, fmt::format("a step's self-attention, length {}", length), 0, q, k);
    }
    for (int64_t videos = s.clips; videos > 0 && videos + 3 > s.clips; --videos) {
        const auto q = torch::randn({videos, kBeams, kHeads, kHead}, options).transpose(1, 2);
        const auto k = torch::randn({videos, kTokens, kHeads, kHead}, options).transpose(1, 2);
        add(list, fmt::format("a step's cross-attention, {} videos", videos), 2.0 * static_cast<double>(k.nbytes()), q,
            k);
    }
    return list;
}

std::vector<MicroOperation> decoding_operations(const MicroSettings& s) {
    torch::NoGradGuard no_grad;
    const auto model = blip_base(s.device);
    const auto decoder =
        model->decoder.packed_for({.rows = s.clips * kBeams, .type = s.bf16 ? torch::kBFloat16 : torch::kFloat32});
    const auto visual = torch::randn({s.clips, kTokens, kWidth}, torch::TensorOptions().device(s.device));
    return {{"keys and values of the videos", 0, 0,
             [=] {
                 torch::NoGradGuard none;
                 decoder.project(visual);
             }},
            {"beam search, 20 tokens, 3 beams", 0, 0, [=, memory = decoder.project(visual)] {
                 torch::NoGradGuard none;
                 model::beam_search(decoder, memory, {30522, 1037, 2678, 1997}, {.beams = kBeams, .min_length = 20});
             }}};
}

std::vector<MicroOperation> optimiser_operations(const MicroSettings& s) {
    const auto model = blip_base(s.device);
    const auto flat = training::make_trainable(*model);
    const auto optimiser = std::make_shared<training::AdamW>(flat, training::AdamWSettings{});
    // Value, gradient and two moments, read and written: 32 bytes per parameter.
    return {{"AdamW step", 0, 32.0 * static_cast<double>(flat.values.numel()), [=] {
                 (void)model;  // keeps it alive: its weights are views of the buffer
                 optimiser->step(1e-5);
             }}};
}

}  // namespace rest::app
