// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/cpu_attention.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/kernels/gemm.h"
#include "core/kernels/ranges.h"
#include "core/kernels/softmax_rows.h"

namespace rest::kernels {
namespace {

/// Rows of q whose scores are kept at once: at 577 tokens (384 pixels) they still fit in the L2 cache.
constexpr int64_t kQueryBlock = 128;

struct Sizes {
    int64_t b, heads, n, m, c;
    float scale() const { return 1 / std::sqrt(static_cast<float>(c)); }
};

Sizes sizes_of(const torch::Tensor& q, const torch::Tensor& k) {
    return {q.size(0), q.size(1), q.size(2), k.size(2), q.size(3)};
}

torch::Tensor dense_rows(const torch::Tensor& x) {
    return x.stride(3) == 1 || x.size(3) == 1 ? x : x.contiguous();
}

/// (B, h, n, c), laid out as (B, n, h, c).
torch::Tensor empty_heads(const torch::Tensor& like) {
    return torch::empty({like.size(0), like.size(2), like.size(1), like.size(3)}, like.options()).transpose(1, 2);
}

/// One head's (rows, c) matrix within a (B, h, rows, c) tensor.
struct Head {
    float* data;
    int64_t stride;
    Head(const torch::Tensor& x, int64_t item)
        : data(x.data_ptr<float>() + item / x.size(1) * x.stride(0) + item % x.size(1) * x.stride(1)),
          stride(x.stride(2)) {}
    float* row(int64_t r) const { return data + r * stride; }
    GemmSide side(bool transposed = false, int64_t first = 0) const { return {row(first), stride, transposed}; }
};

/// Buffers of one thread.
struct Scratch {
    std::vector<float> scores, gradients, sums, centres;
    explicit Scratch(const Sizes& s, bool backward)
        : scores(kQueryBlock * s.m),
          gradients(backward ? kQueryBlock * s.m : 0),
          sums(kQueryBlock),
          centres(kQueryBlock) {}
};

/// exp(scores - maximum) for a block of queries, and the reciprocals of their sums.
void weigh(const Sizes& s, const Head& q, const Head& k, const float* mask, int64_t first, int64_t rows,
           Scratch& scratch) {
    gemm({rows, s.m, s.c}, q.side(false, first), k.side(true), scratch.scores.data(), s.m, s.scale());
    exponentiate_rows(scratch.scores.data(), mask == nullptr ? nullptr : mask + first * s.m, rows, s.m,
                      scratch.sums.data());
    for (int64_t r = 0; r < rows; ++r) scratch.sums[r] = 1 / scratch.sums[r];
}

template <class Visit>
void for_each_head(const Sizes& s, bool backward, Visit visit) {
    for_ranges(s.b * s.heads, 1, [&](int64_t begin, int64_t end) {
        Scratch scratch(s, backward);
        for (int64_t item = begin; item < end; ++item) {
            for (int64_t first = 0; first < s.n; first += kQueryBlock) {
                visit(item, first, std::min(kQueryBlock, s.n - first), scratch);
            }
        }
    });
}

/// An undefined `mask` is passed as empty: an autograd function does not accept undefined tensors.
torch::Tensor forward_heads(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                            const torch::Tensor& mask) {
    const Sizes s = sizes_of(q, k);
    const auto out = empty_heads(q);
    const float* added = mask.numel() > 0 ? mask.data_ptr<float>() : nullptr;
    for_each_head(s, false, [&](int64_t item, int64_t first, int64_t rows, Scratch& scratch) {
        const Head o(out, item);
        weigh(s, {q, item}, {k, item}, added, first, rows, scratch);
        gemm({rows, s.c, s.m}, {scratch.scores.data(), s.m}, Head(v, item).side(), o.row(first), o.stride);
        scale_rows(o.row(first), o.stride, scratch.sums.data(), rows, s.c);
    });
    return out;
}

class AttentionFunction : public torch::autograd::Function<AttentionFunction> {
  public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& q,
                                 const torch::Tensor& k, const torch::Tensor& v, const torch::Tensor& mask) {
        const auto out = forward_heads(q, k, v, mask);
        context->save_for_backward({q, k, v, mask, out});
        return out;
    }

    /// Scores are recomputed rather than kept: they are most of the memory that attention would hold.
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto &q = saved[0], &k = saved[1], &v = saved[2], &mask = saved[3], &out = saved[4];
        const Sizes s = sizes_of(q, k);
        const auto grad = dense_rows(grads[0]);
        const auto grad_q = empty_heads(q), grad_k = empty_heads(k), grad_v = empty_heads(v);
        const float* added = mask.numel() > 0 ? mask.data_ptr<float>() : nullptr;
        for_each_head(s, true, [&](int64_t item, int64_t first, int64_t rows, Scratch& scratch) {
            const Head hq(q, item), hk(k, item), hv(v, item), ho(out, item), g(grad, item);
            const Head dq(grad_q, item), dk(grad_k, item), dv(grad_v, item);
            float *p = scratch.scores.data(), *dp = scratch.gradients.data();
            const float before = first == 0 ? 0.0f : 1.0f;  // keys and values accumulate over all blocks of queries
            weigh(s, hq, hk, added, first, rows, scratch);
            scale_rows(p, s.m, scratch.sums.data(), rows, s.m);
            gemm({s.m, s.c, rows}, {p, s.m, true}, g.side(false, first), dv.data, dv.stride, 1, before);
            gemm({rows, s.m, s.c}, g.side(false, first), hv.side(true), dp, s.m);
            dot_rows(g.row(first), g.stride, ho.row(first), ho.stride, rows, s.c, scratch.centres.data());
            softmax_gradient_rows(dp, p, scratch.centres.data(), s.scale(), rows, s.m);
            gemm({rows, s.c, s.m}, {dp, s.m}, hk.side(), dq.row(first), dq.stride);
            gemm({s.m, s.c, rows}, {dp, s.m, true}, hq.side(false, first), dk.data, dk.stride, 1, before);
        });
        return {grad_q, grad_k, grad_v, torch::Tensor()};
    }
};

}  // namespace

bool cpu_attention_takes(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                         const torch::Tensor& mask) {
    const auto fits = [](const torch::Tensor& x) {
        return x.is_cpu() && x.scalar_type() == torch::kFloat32 && x.dim() == 4;
    };
    if (!fits(q) || !fits(k) || !fits(v) || q.size(0) != k.size(0) || q.numel() == 0 || k.numel() == 0) return false;
    return !mask.defined() || (mask.dim() == 2 && mask.is_contiguous() && mask.scalar_type() == torch::kFloat32 &&
                               mask.size(0) == q.size(2) && mask.size(1) == k.size(2));
}

torch::Tensor cpu_attention(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                            const torch::Tensor& mask) {
    const auto rows_q = dense_rows(q), rows_k = dense_rows(k), rows_v = dense_rows(v);
    const auto added = mask.defined() ? mask : torch::empty({0});
    const bool gradient =
        torch::GradMode::is_enabled() && (q.requires_grad() || k.requires_grad() || v.requires_grad());
    if (!gradient) return forward_heads(rows_q, rows_k, rows_v, added);
    return AttentionFunction::apply(rows_q, rows_k, rows_v, added);
}

}  // namespace rest::kernels
