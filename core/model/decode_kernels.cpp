// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/decode_kernels.h"

#ifdef REST_CUDA

#include <ATen/autocast_mode.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <torch/version.h>

#include "core/kernels/own_kernels.h"
#include "core/model/cuda/decoding.h"

namespace rest::model {
namespace {

void* stream() {
    return at::cuda::getCurrentCUDAStream().stream();
}

kernels::cuda::Number number(const torch::Tensor& x) {
    return x.scalar_type() == torch::kBFloat16 ? kernels::cuda::Number::bfloat16 : kernels::cuda::Number::float32;
}

cuda::Norm norm_of(const LayerNorm& norm, int64_t rows) {
    return {norm.weight.data_ptr(), norm.bias.data_ptr(), static_cast<float>(norm.eps), static_cast<int>(rows),
            static_cast<int>(norm.weight.size(0))};
}

torch::Tensor kernel_embed(const StepDecoder& decoder, const SearchTables& t) {
    auto out = torch::empty({t.shape.rows(), t.shape.width}, decoder.word_embedding.options());
    cuda::embed_norm(norm_of(decoder.embedding_norm, t.shape.rows()), decoder.word_embedding.data_ptr(),
                     decoder.position_embedding.data_ptr(), t.tokens.data_ptr<int64_t>(), t.length.data_ptr<int64_t>(),
                     out.data_ptr(), number(out), stream());
    return out;
}

torch::Tensor kernel_self_attend(const torch::Tensor& joined, int64_t heads, int64_t layer, SearchTables& t) {
    auto out = torch::empty({t.shape.rows(), t.shape.width}, joined.options());
    const auto plain = joined.contiguous();
    cuda::self_attend({.joined = plain.data_ptr(),
                       .keys = t.keys.select(0, layer).data_ptr(),
                       .values = t.values.select(0, layer).data_ptr(),
                       .ancestors = t.ancestors.data_ptr<int64_t>(),
                       .length = t.length.data_ptr<int64_t>(),
                       .out = out.data_ptr(),
                       .rows = static_cast<int>(t.shape.rows()),
                       .heads = static_cast<int>(heads),
                       .positions = static_cast<int>(t.shape.positions)},
                      number(out), stream());
    return out;
}

torch::Tensor kernel_cross_attend(const torch::Tensor& query, int64_t layer, const CrossMemory& memory,
                                  const SearchTables& t) {
    const auto& k = memory.keys[layer];
    const auto plain = query.contiguous();
    auto out = torch::empty_like(plain);
    cuda::cross_attend({.query = plain.data_ptr(),
                        .places = t.memory_places.data_ptr<int64_t>() + 2 * layer,
                        .video_stride = k.stride(0),
                        .token_stride = k.stride(2),
                        .out = out.data_ptr(),
                        .videos = static_cast<int>(query.size(0)),
                        .queries = static_cast<int>(query.size(1)),
                        .heads = static_cast<int>(k.size(1)),
                        .tokens = static_cast<int>(k.size(2))},
                       number(out), stream());
    return out;
}

torch::Tensor kernel_residual_norm(const torch::Tensor& x, const torch::Tensor& residual, const LayerNorm& norm) {
    const auto a = x.contiguous(), b = residual.contiguous();
    auto out = torch::empty_like(a);
    cuda::residual_norm(norm_of(norm, a.numel() / a.size(-1)), a.data_ptr(), b.data_ptr(), out.data_ptr(), number(out),
                        stream());
    return out;
}

bool alike(const torch::Tensor& x, const torch::Tensor& y) {
    return x.scalar_type() == y.scalar_type() && x.sizes() == y.sizes() && x.strides() == y.strides();
}

bool aligned(const torch::Tensor& x) {
    return reinterpret_cast<uintptr_t>(x.data_ptr()) % 16 == 0;
}

bool memory_fits(const CrossMemory& memory, torch::ScalarType type) {
    const auto& first = memory.keys[0];
    const bool laid_out = first.size(3) == cuda::kChannels && first.stride(3) == 1 &&
                          first.stride(1) == cuda::kChannels && first.stride(2) % 8 == 0 && first.stride(0) % 8 == 0;
    for (size_t i = 0; i < memory.keys.size(); ++i) {
        for (const auto* x : {&memory.keys[i], &memory.values[i]}) {
            if (!alike(*x, first) || !aligned(*x)) return false;
        }
    }
    return laid_out && first.scalar_type() == type;
}

/// Autocast determines the dtypes of activations itself.
bool autocast_is_on() {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    return at::autocast::is_autocast_enabled(at::kCUDA);
#else
    return at::autocast::is_enabled();
#endif
}

}  // namespace

bool decode_kernels_take(const StepDecoder& decoder, const CrossMemory& memory, const SearchTables& tables) {
    const auto type = decoder.type();
    const auto& words = decoder.word_embedding;
    return kernels::own_kernels_wanted() && words.is_cuda() && (type == torch::kFloat32 || type == torch::kBFloat16) &&
           !autocast_is_on() && tables.shape.type == type && cuda::step_norm_takes(tables.shape.width) &&
           decoder.sizes.heads * cuda::kChannels == tables.shape.width && aligned(words) && words.is_contiguous() &&
           decoder.position_embedding.is_contiguous() && memory_fits(memory, type);
}

const DecodeOperations& decode_kernels() {
    static const DecodeOperations by_kernel{kernel_embed, kernel_self_attend, kernel_cross_attend,
                                            kernel_residual_norm};
    return by_kernel;
}

bool choice_kernel_takes(const StepLogits& logits, const BeamSettings& settings, const SearchTables& tables) {
    return kernels::own_kernels_wanted() && tables.length.is_cuda() &&
           logits.products.scalar_type() == torch::kFloat32 && logits.bias.scalar_type() == torch::kFloat32 &&
           settings.beams <= cuda::kMostBeams && settings.repetition_penalty == 1;
}

void choose_by_kernel(const StepLogits& logits, int64_t running, const BeamSettings& s, int64_t end, SearchTables& t) {
    const auto products = logits.products.contiguous();
    const int64_t rows = products.size(0);
    auto best = torch::empty({rows, 2 * s.beams}, products.options());
    auto tokens = torch::empty({rows, 2 * s.beams}, products.options().dtype(torch::kInt32));
    cuda::choose_of_rows({.scores = products.data_ptr<float>(),
                          .bias = logits.bias.data_ptr<float>(),
                          .length = t.length.data_ptr<int64_t>(),
                          .log_probabilities = best.data_ptr<float>(),
                          .tokens = tokens.data_ptr<int>(),
                          .rows = static_cast<int>(rows),
                          .vocabulary = static_cast<int>(products.size(1)),
                          .beams = static_cast<int>(s.beams),
                          .end = static_cast<int>(end),
                          .min_length = static_cast<int>(s.min_length)},
                         stream());
    const cuda::BeamTables tables{.length = t.length.data_ptr<int64_t>(),
                                  .tokens = t.tokens.data_ptr<int64_t>(),
                                  .parents = t.parents.data_ptr<int64_t>(),
                                  .ancestors = t.ancestors.data_ptr<int64_t>(),
                                  .sums = t.sums.data_ptr<float>(),
                                  .done = t.done.data_ptr<bool>(),
                                  .finished_scores = t.finished_scores.data_ptr<double>(),
                                  .finished_lengths = t.finished_lengths.data_ptr<int64_t>(),
                                  .finished_parents = t.finished_parents.data_ptr<int64_t>(),
                                  .finished_tokens = t.finished_tokens.data_ptr<int64_t>(),
                                  .divisors = t.divisors.data_ptr<double>(),
                                  .videos = static_cast<int>(t.shape.videos),
                                  .beams = static_cast<int>(t.shape.beams),
                                  .positions = static_cast<int>(t.shape.positions)};
    cuda::choose_of_videos({.log_probabilities = best.data_ptr<float>(),
                            .tokens = tokens.data_ptr<int>(),
                            .running = static_cast<int>(running),
                            .end = static_cast<int>(end),
                            .max_length = static_cast<int>(s.max_length)},
                           tables, stream());
}

}  // namespace rest::model

#else

#include "core/base/error.h"

namespace rest::model {

bool decode_kernels_take(const StepDecoder&, const CrossMemory&, const SearchTables&) {
    return false;
}
const DecodeOperations& decode_kernels() {
    throw Error(ErrorCode::invalid_argument, "This build has no CUDA kernels");
}
bool choice_kernel_takes(const StepLogits&, const BeamSettings&, const SearchTables&) {
    return false;
}
void choose_by_kernel(const StepLogits&, int64_t, const BeamSettings&, int64_t, SearchTables&) {
    throw Error(ErrorCode::invalid_argument, "This build has no CUDA kernels");
}

}  // namespace rest::model

#endif
