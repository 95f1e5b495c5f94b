// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/model/meta_kernels.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/library.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/tensor/libtorch.h"

namespace rest::test {
namespace {

// Boxed, so that the types of integers and optional values, which changed between versions of LibTorch, do not matter.
using torch::jit::Stack;

std::vector<c10::IValue> take_arguments(const c10::OperatorHandle& op, Stack* stack) {
    const auto count = op.schema().arguments().size();
    std::vector<c10::IValue> arguments(stack->end() - static_cast<int64_t>(count), stack->end());
    stack->resize(stack->size() - count);
    return arguments;
}

torch::Tensor like(const torch::Tensor& t, std::vector<int64_t> sizes) {
    return torch::empty(sizes, t.options());
}

void layer_norm(const c10::OperatorHandle& op, Stack* stack) {
    const auto x = take_arguments(op, stack)[0].toTensor();
    auto rows = x.sizes().vec();
    rows.back() = 1;
    stack->insert(stack->end(), {like(x, x.sizes().vec()), like(x, rows), like(x, rows)});
}

void layer_norm_backward(const c10::OperatorHandle& op, Stack* stack) {
    const auto a = take_arguments(op, stack);  // gradient, x, shape, mean, deviation, weight, bias, mask
    stack->insert(stack->end(), {torch::empty_like(a[1].toTensor()), torch::empty_like(a[5].toTensor()),
                                 torch::empty_like(a[6].toTensor())});
}

void index_select(const c10::OperatorHandle& op, Stack* stack) {
    const auto a = take_arguments(op, stack);  // x, dimension, index
    auto sizes = a[0].toTensor().sizes().vec();
    const int64_t dimension = a[1].toInt();
    sizes[static_cast<size_t>(dimension < 0 ? dimension + a[0].toTensor().dim() : dimension)] = a[2].toTensor().numel();
    stack->emplace_back(like(a[0].toTensor(), sizes));
}

void embedding_backward(const c10::OperatorHandle& op, Stack* stack) {
    const auto a = take_arguments(op, stack);  // gradient, ids, rows, padding, scale
    stack->emplace_back(like(a[0].toTensor(), {a[2].toInt(), a[0].toTensor().size(-1)}));
}

/// How many are selected depends on the data: here all of them.
void masked_select(const c10::OperatorHandle& op, Stack* stack) {
    const auto x = take_arguments(op, stack)[0].toTensor();
    stack->emplace_back(like(x, {x.numel()}));
}

/// For operations that modify their first argument.
void in_place(const c10::OperatorHandle& op, Stack* stack) {
    stack->push_back(take_arguments(op, stack)[0]);
}

void convolution(const c10::OperatorHandle& op, Stack* stack) {
    const auto a = take_arguments(op, stack);  // x, weight, bias, stride, padding, dilation, ...
    const auto x = a[0].toTensor(), weight = a[1].toTensor();
    std::vector<int64_t> sizes = {x.size(0), weight.size(0)};
    const auto stride = a[3].toIntVector(), padding = a[4].toIntVector();
    for (int64_t i = 2; i < x.dim(); ++i) {
        const auto axis = static_cast<size_t>(i - 2);
        sizes.push_back((x.size(i) + 2 * padding[axis] - weight.size(i)) / stride[axis] + 1);
    }
    stack->emplace_back(like(x, sizes));
}

void convolution_backward(const c10::OperatorHandle& op, Stack* stack) {
    const auto a = take_arguments(op, stack);  // gradient, x, weight, ...
    const auto weight = a[2].toTensor();
    stack->insert(stack->end(),
                  {torch::empty_like(a[1].toTensor()), torch::empty_like(weight), like(weight, {weight.size(0)})});
}

}  // namespace

void add_missing_meta_kernels() {
    static torch::Library library(torch::Library::IMPL, "aten", c10::DispatchKey::Meta, __FILE__, __LINE__);
    static bool done = false;
    if (std::exchange(done, true)) return;
    const auto add = [&](const char* name, torch::CppFunction kernel) {
        const auto op = c10::Dispatcher::singleton().findSchema({std::string("aten::") + name, ""});
        if (op && !op->hasKernelForDispatchKey(c10::DispatchKey::Meta)) library.impl(name, std::move(kernel));
    };
    add("native_layer_norm", torch::CppFunction::makeFromBoxedFunction<&layer_norm>());
    add("native_layer_norm_backward", torch::CppFunction::makeFromBoxedFunction<&layer_norm_backward>());
    add("index_select", torch::CppFunction::makeFromBoxedFunction<&index_select>());
    add("embedding_dense_backward", torch::CppFunction::makeFromBoxedFunction<&embedding_backward>());
    add("masked_select", torch::CppFunction::makeFromBoxedFunction<&masked_select>());
    add("masked_scatter_", torch::CppFunction::makeFromBoxedFunction<&in_place>());
    add("convolution_overrideable", torch::CppFunction::makeFromBoxedFunction<&convolution>());
    add("convolution_backward_overrideable", torch::CppFunction::makeFromBoxedFunction<&convolution_backward>());
}

}  // namespace rest::test
