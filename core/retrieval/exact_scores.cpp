// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/exact_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>

#include "core/base/error.h"
#include "core/base/exact_dot.h"
#include "core/base/multiversion.h"
#include "core/base/parallel.h"

namespace rest::retrieval {
namespace {

REST_MULTIVERSION void dots_of_rows(const float* query, const float* rows, const int32_t* ids, int64_t n, int64_t d,
                                    float* out) {
    constexpr int64_t kAhead = 2, kLine = 16;  // rows are scattered in memory: prefetched
    for (int64_t i = 0; i < n; ++i) {
        const float* next = rows + int64_t{ids[std::min(n - 1, i + kAhead)]} * d;
        for (int64_t offset = 0; offset < d; offset += kLine) __builtin_prefetch(next + offset);
        out[i] = exact_dot(query, rows + int64_t{ids[i]} * d, d);
    }
}

REST_MULTIVERSION bool all_finite(const float* values, int64_t n) {
    constexpr uint32_t kExponent = 0x7f800000;
    int bad = 0;
    for (int64_t i = 0; i < n; ++i) bad |= (std::bit_cast<uint32_t>(values[i]) & kExponent) == kExponent;
    return bad == 0;
}

/// The first row with NaN or infinity, else the number of rows.
int64_t first_broken_row(const torch::Tensor& rows) {
    constexpr int64_t kRows = 1024;
    const int64_t n = rows.size(0), d = rows.size(1);
    const float* values = rows.data_ptr<float>();
    std::atomic<int64_t> first{n};
    parallel_rows((n + kRows - 1) / kRows, [&](int64_t block) {
        const int64_t top = block * kRows, bottom = std::min(n, top + kRows);
        if (all_finite(values + top * d, (bottom - top) * d)) return;
        int64_t row = top;
        while (all_finite(values + row * d, d)) ++row;
        for (int64_t seen = first; row < seen && !first.compare_exchange_weak(seen, row);) {
        }
    });
    return first;
}

double longest(const torch::Tensor& rows) {
    return rows.numel() == 0 ? 0 : rows.norm(2, {1}).max().item<double>();
}

}  // namespace

float guess_error(const torch::Tensor& a, const torch::Tensor& b, torch::Device device) {
    // Summing d products in any order has an error of at most (d + 1) u sum|a_i b_i| (Higham); TF32 rounds the factors
    // to 11 bits.
    const double rounding = static_cast<double>(a.size(1) + 4) * 0x1p-24;
    const bool tf32 = device.is_cuda() && at::globalContext().allowTF32CuBLAS();
    const double of_a = longest(a), of_b = a.is_same(b) ? of_a : longest(b);
    return static_cast<float>((rounding + (tf32 ? 0x1p-9 : 0)) * of_a * of_b);
}

void exact_dots(const float* query, const float* rows, std::span<const int32_t> ids, int64_t d, float* out) {
    dots_of_rows(query, rows, ids.data(), static_cast<int64_t>(ids.size()), d, out);
}

torch::Tensor checked_features(const torch::Tensor& features, const char* what) {
    if (!features.defined() || features.dim() != 2 || features.scalar_type() != torch::kFloat32) {
        throw Error(ErrorCode::invalid_argument, fmt::format("{} must be a float32 matrix", what));
    }
    auto out = features.detach().to(torch::kCPU).contiguous();
    const int64_t row = first_broken_row(out);
    if (row == out.size(0)) return out;
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: row {} holds a value that is not a finite number", what, row));
}

void parallel_rows(int64_t n, const std::function<void(int64_t)>& body) {
    parallel_for(n, body, at::get_num_threads());
}

}  // namespace rest::retrieval
