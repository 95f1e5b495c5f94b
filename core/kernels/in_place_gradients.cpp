// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/in_place_gradients.h"

namespace rest::kernels {
namespace {

thread_local int guards = 0;

bool has_sum_of_its_own(const torch::Tensor& weight) {
    if (guards == 0 || !weight.is_leaf() || !weight.requires_grad()) return false;
    const auto& grad = weight.grad();
    return grad.defined() && grad.is_contiguous() && grad.scalar_type() == torch::kFloat32 &&
           grad.sizes() == weight.sizes();
}

}  // namespace

InPlaceGradients::InPlaceGradients() {
    ++guards;
}
InPlaceGradients::~InPlaceGradients() {
    --guards;
}

GradientSum::GradientSum(const torch::Tensor& weight)
    : in_place_(has_sum_of_its_own(weight)), sum_(in_place_ ? weight.grad() : torch::zeros_like(weight)) {}

}  // namespace rest::kernels
