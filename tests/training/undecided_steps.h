// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "core/training/adamw.h"
#include "tests/support/tensors.h"

namespace rest::test {

/// AdamW's first step is -learning_rate g / (|g| + epsilon): nearly the sign of the gradient. Where a gradient is below
/// the resolution of float32 sums, that sign is rounding error: the reference's own single and double precision
/// disagree there, and one such element moves the output by more than the tolerance. These are the elements whose step
/// may be anything within the learning rate.
class UndecidedSteps {
  public:
    /// Call before the step, while the gradients exist: selects elements below 5e-5 of their tensor's root mean square.
    UndecidedSteps(const checkpoint::Weights& weights, const training::FlatParameters& flat, double learning_rate,
                   double epsilon)
        : parameters_(flat.values.detach()), learning_rate_(learning_rate) {
        for (const auto& [name, tensor] : weights) {
            if (!tensor.grad().defined()) continue;
            const auto gradient = tensor.grad().flatten();
            const auto scale = gradient.square().mean().sqrt().item<float>();
            const auto small = gradient.abs().lt(5e-5F * scale).logical_and(gradient.ne(0)).nonzero().flatten();
            const auto offset = tensor.data_ptr<float>() - flat.values.data_ptr<float>();
            for (int64_t i = 0; i < small.size(0); ++i) {
                const auto element = small[i].item<int64_t>();
                const double g = gradient[element].item<double>();
                elements_.push_back({offset + element, -learning_rate * g / (std::abs(g) + epsilon)});
            }
        }
    }

    int64_t count() const { return static_cast<int64_t>(elements_.size()); }

    /// Call after the step: changes, one at a time, the undecided step that brings `output` nearest to `wanted`, each
    /// at most once, until the difference is below `enough` or no step helps. Returns the remaining difference, by
    /// which everything else is judged.
    double settle(const std::function<torch::Tensor()>& output, const torch::Tensor& wanted, double enough) {
        double left = difference(output(), wanted);
        while (left >= enough) {
            auto best = elements_.end();
            double best_change = 0;
            for (auto e = elements_.begin(); e != elements_.end(); ++e) {
                if (e->settled) continue;
                const double change = fitted(*e, output, wanted);
                const double now = difference(changed(*e, change, output), wanted);
                if (now < left) left = now, best = e, best_change = change;
            }
            if (best == elements_.end()) break;
            parameters_[best->index].add_(best_change);
            best->settled = true;
        }
        return left;
    }

  private:
    struct Element {
        int64_t index = 0;  // in the flat buffer
        double step = 0;    // taken
        bool settled = false;
    };

    torch::Tensor changed(const Element& e, double change, const std::function<torch::Tensor()>& output) {
        const auto element = parameters_[e.index];
        const auto before = element.clone();
        element.add_(change);
        auto result = output();
        element.copy_(before);
        return result;
    }

    /// Least squares: the output is almost linear in one element's step.
    double fitted(const Element& e, const std::function<torch::Tensor()>& output, const torch::Tensor& wanted) {
        const double probe = e.step > 0 ? -learning_rate_ : learning_rate_;
        const auto now = output();
        const auto slope = (changed(e, probe, output) - now) / probe;
        const double power = slope.square().sum().item<double>();
        if (power == 0) return 0;
        const double change = ((wanted - now) * slope).sum().item<double>() / power;
        return std::clamp(change, -learning_rate_ - e.step, learning_rate_ - e.step);
    }

    torch::Tensor parameters_;  // the flat buffer
    double learning_rate_;
    std::vector<Element> elements_;
};

}  // namespace rest::test
