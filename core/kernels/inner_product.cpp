// SPDX-License-Identifier: GPL-3.0-or-later
// The only place that uses oneDNN's primitives; versions 2 and 3 differ in how these are described.
#include "core/kernels/inner_product.h"

#ifdef REST_ONEDNN

#include <dnnl.hpp>
#include <new>
#include <stdexcept>
#include <unordered_map>

namespace rest::kernels {
namespace {

using dnnl::algorithm;
using dnnl::memory;
using Tag = memory::format_tag;

constexpr auto kFloat = memory::data_type::f32;

const dnnl::engine& cpu() {
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

void append_activation(dnnl::post_ops& ops, algorithm kind, float alpha) {
#if DNNL_VERSION_MAJOR >= 3
    ops.append_eltwise(kind, alpha, 0);
#else
    ops.append_eltwise(1, kind, alpha, 0);
#endif
}

dnnl::primitive_attr attributes(const InnerProductExtras& extras) {
    constexpr float kQuickGelu = 1.702f;
    dnnl::post_ops ops;
    if (extras.activation == Activation::gelu) append_activation(ops, algorithm::eltwise_gelu_erf, 0);
    if (extras.activation == Activation::quick_gelu) append_activation(ops, algorithm::eltwise_swish, kQuickGelu);
    if (extras.residual.defined())
        ops.append_sum();  // a separate binary post-op would rule out version 2's fast kernels
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(ops);
    return attributes;
}

struct Shapes {
    memory::desc x, weight, bias, out;
};

dnnl::inner_product_forward::primitive_desc describe(const Shapes& s, const dnnl::primitive_attr& attributes) {
    constexpr auto kInference = dnnl::prop_kind::forward_inference;
#if DNNL_VERSION_MAJOR >= 3
    return {cpu(), kInference, s.x, s.weight, s.bias, s.out, attributes};
#else
    return {{kInference, s.x, s.weight, s.bias, s.out}, attributes, cpu()};
#endif
}

/// Callers handle out-of-memory with smaller batches, so it must be distinguishable.
[[noreturn]] void rethrow(const dnnl::error& error) {
    if (error.status == dnnl_out_of_memory) throw std::bad_alloc();
    throw std::runtime_error(std::string("oneDNN: ") + error.what());
}

memory::desc matrix_memory(int64_t rows, int64_t columns, Tag tag = Tag::ab) {
    return {{rows, columns}, kFloat, tag};
}

memory wrap(const memory::desc& shape, const torch::Tensor& tensor) {
    return {shape, cpu(), tensor.data_ptr()};
}

}  // namespace

struct PackedWeight::Storage {
    memory weight;
};

PackedWeight::PackedWeight(std::unique_ptr<Storage> storage) : storage_(std::move(storage)) {}
PackedWeight::~PackedWeight() = default;

std::shared_ptr<const PackedWeight> PackedWeight::pack(const torch::Tensor& weight, int64_t rows) try {
    if (!inner_product_takes(weight, weight)) return nullptr;
    const int64_t out = weight.size(0), in = weight.size(1);
    const Shapes shapes{
        matrix_memory(rows, in), matrix_memory(out, in, Tag::any), {{out}, kFloat, Tag::a}, matrix_memory(rows, out)};
    auto packed = std::make_unique<Storage>(Storage{dnnl::memory(describe(shapes, {}).weights_desc(), cpu())});
    dnnl::stream stream(cpu());
    const auto plain = weight.contiguous();
    auto from = wrap(matrix_memory(out, in), plain);
    dnnl::reorder(from, packed->weight).execute(stream, from, packed->weight);
    stream.wait();
    return std::make_shared<const PackedWeight>(std::move(packed));
} catch (const dnnl::error& error) {
    rethrow(error);
}

bool inner_product_takes(const torch::Tensor& x, const torch::Tensor& weight) {
    return x.is_cpu() && weight.is_cpu() && x.scalar_type() == torch::kFloat32 &&
           weight.scalar_type() == torch::kFloat32 && x.numel() > 0;
}

torch::Tensor inner_product(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                            const InnerProductExtras& extras) try {
    const auto rows_in = x.contiguous(), plain_weight = weight.contiguous();
    const int64_t in = weight.size(1), out = weight.size(0), rows = x.numel() / in;
    auto shape = x.sizes().vec();
    shape.back() = out;
    auto result = extras.residual.defined() ? extras.residual.clone(at::MemoryFormat::Contiguous)
                                            : torch::empty(shape, x.options());

    Shapes shapes{matrix_memory(rows, in), matrix_memory(out, in), {}, matrix_memory(rows, out)};
    if (bias.defined()) shapes.bias = {{out}, kFloat, Tag::a};
    if (extras.packed != nullptr) shapes.weight = extras.packed->storage().weight.get_desc();
    const dnnl::inner_product_forward product(describe(shapes, attributes(extras)));
    std::unordered_map<int, memory> arguments{
        {DNNL_ARG_SRC, wrap(shapes.x, rows_in)},
        {DNNL_ARG_WEIGHTS,
         extras.packed != nullptr ? extras.packed->storage().weight : wrap(shapes.weight, plain_weight)},
        {DNNL_ARG_DST, wrap(shapes.out, result)}};
    if (bias.defined()) arguments.emplace(DNNL_ARG_BIAS, wrap(shapes.bias, bias));
    dnnl::stream stream(cpu());
    product.execute(stream, arguments);
    stream.wait();
    return result;
} catch (const dnnl::error& error) {
    rethrow(error);
}

}  // namespace rest::kernels

#else

#include "core/base/error.h"

namespace rest::kernels {

struct PackedWeight::Storage {};
PackedWeight::PackedWeight(std::unique_ptr<Storage> storage) : storage_(std::move(storage)) {}
PackedWeight::~PackedWeight() = default;

std::shared_ptr<const PackedWeight> PackedWeight::pack(const torch::Tensor&, int64_t) {
    return nullptr;
}

bool inner_product_takes(const torch::Tensor&, const torch::Tensor&) {
    return false;
}

torch::Tensor inner_product(const torch::Tensor&, const torch::Tensor&, const torch::Tensor&,
                            const InnerProductExtras&) {
    throw Error(ErrorCode::invalid_argument, "This build has no oneDNN");
}

}  // namespace rest::kernels

#endif
