// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/pre_norm.h"

#include <algorithm>
#include <tuple>

#include "core/kernels/gelu.h"
#include "core/kernels/gemm.h"
#include "core/kernels/in_place_gradients.h"

namespace rest::kernels {
namespace {

/// Maximum rows per block. Products of fewer rows are slower, of more need more memory: 25 MB at a hidden width of
/// 3,072.
constexpr int64_t kMostRows = 2048;

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

Tensor as_rows(const Tensor& x) {
    return x.reshape({-1, x.size(-1)}).contiguous();
}

/// The fewest possible blocks, of nearly equal size.
int64_t block_rows(int64_t rows) {
    const int64_t blocks = (rows + kMostRows - 1) / kMostRows;
    return (rows + blocks - 1) / blocks;
}

/// Calls body(first row, number of rows).
template <class Body>
void for_each_block(int64_t rows, Body body) {
    const int64_t most = block_rows(rows);
    for (int64_t first = 0; first < rows; first += most) body(first, std::min(most, rows - first));
}

/// A matrix of the given width with a block's number of rows.
Tensor block_of(const Tensor& rows, int64_t width) {
    return torch::empty({block_rows(rows.size(0)), width}, rows.options());
}

GemmSide side(const Tensor& matrix, bool transposed = false) {
    return {matrix.data_ptr<float>(), matrix.size(1), transposed};
}

/// out = x W^T, or out += x W^T
void put_transposed_product(const Tensor& x, const Tensor& weight, const Tensor& out, bool add = false) {
    gemm({x.size(0), weight.size(0), x.size(1)}, side(x), side(weight, true), out.data_ptr<float>(), out.size(1), 1,
         add ? 1.0f : 0.0f);
}

/// out = x W^T + b
void put_affine(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& out) {
    out.copy_(bias.expand_as(out));
    put_transposed_product(x, weight, out, true);
}

/// sum += a^T b
void add_transposed_product(const Tensor& a, const Tensor& b, const GradientSum& sum) {
    gemm({a.size(1), b.size(1), a.size(0)}, side(a, true), side(b), sum.data(), b.size(1), 1, 1);
}

/// out = a b
void product(const Tensor& a, const Tensor& b, const Tensor& out) {
    gemm({a.size(0), b.size(1), a.size(1)}, side(a), side(b), out.data_ptr<float>(), out.size(1));
}

/// A block of rows after layer norm, and the statistics for its gradient.
struct Normed {
    Tensor rows, mean, rstd;

    Normed(const Tensor& x, const NormParameters& norm) {
        std::tie(rows, mean, rstd) = torch::native_layer_norm(x, {x.size(1)}, norm.weight, norm.bias, norm.eps);
    }
};

/// Gradients of the norm's parameters, accumulated block by block.
struct NormGradients {
    Tensor weight, bias;

    explicit NormGradients(const NormParameters& norm)
        : weight(torch::zeros_like(norm.weight)), bias(torch::zeros_like(norm.bias)) {}

    /// The gradient of x (rows, d).
    Tensor back(const Tensor& gradient, const Tensor& x, const Normed& normed, const NormParameters& norm) {
        auto [at_x, at_weight, at_bias] = torch::native_layer_norm_backward(
            gradient, x, {x.size(1)}, normed.mean, normed.rstd, norm.weight, norm.bias, {true, true, true});
        weight += at_weight;
        bias += at_bias;
        return at_x;
    }
};

class NormedAffineFunction : public torch::autograd::Function<NormedAffineFunction> {
  public:
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& norm_weight, const Tensor& norm_bias,
                          double eps, const Tensor& weight, const Tensor& bias) {
        context->save_for_backward({x, norm_weight, norm_bias, weight});
        context->saved_data["eps"] = eps;
        const NormParameters norm{norm_weight, norm_bias, eps};
        const auto rows = as_rows(x);
        const auto out = torch::empty({rows.size(0), weight.size(0)}, rows.options());
        for_each_block(rows.size(0), [&](int64_t first, int64_t count) {
            put_affine(Normed(rows.narrow(0, first, count), norm).rows, weight, bias, out.narrow(0, first, count));
        });
        auto shape = x.sizes().vec();
        shape.back() = weight.size(0);
        return out.view(shape);
    }

    static variable_list backward(AutogradContext* context, variable_list grads) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &weight = saved[3];
        const NormParameters norm{saved[1], saved[2], context->saved_data["eps"].toDouble()};
        const auto rows = as_rows(x), grad = as_rows(grads[0]);
        const auto grad_x = torch::empty_like(rows), inner = block_of(rows, rows.size(1));
        const GradientSum grad_weight(weight);
        NormGradients norm_gradients(norm);
        for_each_block(rows.size(0), [&](int64_t first, int64_t count) {
            const auto block = rows.narrow(0, first, count), g = grad.narrow(0, first, count),
                       at_norm = inner.narrow(0, 0, count);
            const Normed normed(block, norm);
            add_transposed_product(g, normed.rows, grad_weight);
            product(g, weight, at_norm);
            grad_x.narrow(0, first, count).copy_(norm_gradients.back(at_norm, block, normed, norm));
        });
        return {grad_x.view(x.sizes()), norm_gradients.weight,
                norm_gradients.bias,    Tensor(),
                grad_weight.result(),   grad.sum(0)};
    }
};

class FeedForwardFunction : public torch::autograd::Function<FeedForwardFunction> {
    struct Saved {
        Tensor x, w1, b1, w2, hidden;  // hidden: without its bias; empty unless it was kept
        NormParameters norm;
        explicit Saved(AutogradContext* context) {
            const auto saved = context->get_saved_variables();
            x = saved[0];
            norm = {saved[1], saved[2], context->saved_data["eps"].toDouble()};
            w1 = saved[3];
            b1 = saved[4];
            w2 = saved[5];
            hidden = saved[6];
        }
    };

  public:
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& norm_weight, const Tensor& norm_bias,
                          double eps, const Tensor& w1, const Tensor& b1, const Tensor& w2, const Tensor& b2,
                          bool keep_hidden) {
        const NormParameters norm{norm_weight, norm_bias, eps};
        const auto rows = as_rows(x), active = block_of(rows, w1.size(0));
        const auto kept = torch::empty({keep_hidden ? rows.size(0) : 0, w1.size(0)}, rows.options());
        const auto out = rows + b2;
        for_each_block(rows.size(0), [&](int64_t first, int64_t count) {
            const auto g = active.narrow(0, 0, count), u = keep_hidden ? kept.narrow(0, first, count) : g;
            put_transposed_product(Normed(rows.narrow(0, first, count), norm).rows, w1, u);
            gelu_of_biased(u.data_ptr<float>(), b1.data_ptr<float>(), g.data_ptr<float>(), count, u.size(1));
            put_transposed_product(g, w2, out.narrow(0, first, count), true);
        });
        context->save_for_backward({x, norm_weight, norm_bias, w1, b1, w2, kept});
        context->saved_data["eps"] = eps;
        return out.view(x.sizes());
    }

    static variable_list backward(AutogradContext* context, variable_list grads) {
        const Saved saved(context);
        const auto rows = as_rows(saved.x), grad = as_rows(grads[0]);
        const auto grad_x = torch::empty_like(rows), inner = block_of(rows, rows.size(1));
        const auto hidden = block_of(rows, saved.w1.size(0)), hidden_gradient = torch::empty_like(hidden);
        const GradientSum grad_w1(saved.w1), grad_w2(saved.w2);
        auto grad_b1 = torch::zeros_like(saved.b1);
        NormGradients norm_gradients(saved.norm);
        for_each_block(rows.size(0), [&](int64_t first, int64_t count) {
            const auto block = rows.narrow(0, first, count), g = grad.narrow(0, first, count);
            const auto u = hidden.narrow(0, 0, count), at_u = hidden_gradient.narrow(0, 0, count),
                       at_norm = inner.narrow(0, 0, count);
            const Normed normed(block, saved.norm);
            if (saved.hidden.numel() > 0) {
                u.copy_(saved.hidden.narrow(0, first, count));
            } else {
                put_transposed_product(normed.rows, saved.w1, u);
            }
            product(g, saved.w2, at_u);
            gelu_of_biased_with_gradient(u.data_ptr<float>(), saved.b1.data_ptr<float>(), at_u.data_ptr<float>(), count,
                                         u.size(1));
            add_transposed_product(g, u, grad_w2);
            add_transposed_product(at_u, normed.rows, grad_w1);
            grad_b1 += at_u.sum(0);
            product(at_u, saved.w1, at_norm);
            auto at_x = grad_x.narrow(0, first, count);
            at::add_out(at_x, g, norm_gradients.back(at_norm, block, normed, saved.norm));
        });
        return {grad_x.view(saved.x.sizes()),
                norm_gradients.weight,
                norm_gradients.bias,
                Tensor(),
                grad_w1.result(),
                grad_b1,
                grad_w2.result(),
                grad.sum(0),
                Tensor()};
    }
};

}  // namespace

bool pre_norm_takes(const Tensor& x, const NormParameters& norm, const AffineParameters& first) {
    if (!x.is_cpu() || x.scalar_type() != torch::kFloat32 || x.numel() == 0 || !torch::GradMode::is_enabled())
        return false;
    return x.requires_grad() || norm.weight.requires_grad() || first.weight.requires_grad();
}

Tensor normed_affine(const Tensor& x, const NormParameters& norm, const AffineParameters& affine) {
    return NormedAffineFunction::apply(x, norm.weight, norm.bias, norm.eps, affine.weight.contiguous(), affine.bias);
}

Tensor pre_norm_feed_forward(const Tensor& x, const NormParameters& norm, const AffineParameters& first,
                             const AffineParameters& second, Kept kept) {
    return FeedForwardFunction::apply(x, norm.weight, norm.bias, norm.eps, first.weight.contiguous(), first.bias,
                                      second.weight.contiguous(), second.bias, kept == Kept::input_and_hidden);
}

}  // namespace rest::kernels
