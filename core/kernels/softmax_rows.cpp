// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/softmax_rows.h"

#include <algorithm>
#include <limits>

#include "core/base/multiversion.h"
#include "core/kernels/exponential.h"

namespace rest::kernels {
namespace {

constexpr int kSoftmaxLanes = 16;

REST_MULTIVERSION
float maximum(const float* x, int64_t n) {
    float lanes[kSoftmaxLanes];
    std::fill_n(lanes, kSoftmaxLanes, -std::numeric_limits<float>::infinity());
    int64_t i = 0;
    for (; i + kSoftmaxLanes <= n; i += kSoftmaxLanes) {
        for (int lane = 0; lane < kSoftmaxLanes; ++lane)
            lanes[lane] = lanes[lane] < x[i + lane] ? x[i + lane] : lanes[lane];
    }
    float most = *std::max_element(lanes, lanes + kSoftmaxLanes);
    for (; i < n; ++i) most = std::max(most, x[i]);
    return most;
}

REST_MULTIVERSION
float exponentiate(float* x, float shift, int64_t n) {
    float lanes[kSoftmaxLanes] = {};
    int64_t i = 0;
    for (; i + kSoftmaxLanes <= n; i += kSoftmaxLanes) {
        for (int lane = 0; lane < kSoftmaxLanes; ++lane) {
            x[i + lane] = exponential(x[i + lane] - shift);
            lanes[lane] += x[i + lane];
        }
    }
    float sum = 0;
    for (; i < n; ++i) {
        x[i] = exponential(x[i] - shift);
        sum += x[i];
    }
    for (const float lane : lanes) sum += lane;
    return sum;
}

REST_MULTIVERSION
void add(float* __restrict x, const float* __restrict y, int64_t n) {
    for (int64_t i = 0; i < n; ++i) x[i] += y[i];
}

REST_MULTIVERSION
void gradient_row(float* __restrict g, const float* __restrict p, float centre, float scale, int64_t n) {
    for (int64_t i = 0; i < n; ++i) g[i] = p[i] * (g[i] - centre) * scale;
}

REST_MULTIVERSION
void scale_row(float* x, float factor, int64_t n) {
    for (int64_t i = 0; i < n; ++i) x[i] *= factor;
}

REST_MULTIVERSION
float dot(const float* a, const float* b, int64_t n) {
    float lanes[kSoftmaxLanes] = {};
    int64_t i = 0;
    for (; i + kSoftmaxLanes <= n; i += kSoftmaxLanes) {
        for (int lane = 0; lane < kSoftmaxLanes; ++lane) lanes[lane] += a[i + lane] * b[i + lane];
    }
    float sum = 0;
    for (; i < n; ++i) sum += a[i] * b[i];
    for (const float lane : lanes) sum += lane;
    return sum;
}

}  // namespace

void exponentiate_rows(float* scores, const float* mask, int64_t rows, int64_t columns, float* sums) {
    for (int64_t r = 0; r < rows; ++r) {
        float* row = scores + r * columns;
        if (mask != nullptr) add(row, mask + r * columns, columns);
        sums[r] = exponentiate(row, maximum(row, columns), columns);
    }
}

void softmax_gradient_rows(float* gradients, const float* p, const float* centres, float scale, int64_t rows,
                           int64_t columns) {
    for (int64_t r = 0; r < rows; ++r)
        gradient_row(gradients + r * columns, p + r * columns, centres[r], scale, columns);
}

void scale_rows(float* values, int64_t stride, const float* factors, int64_t rows, int64_t columns) {
    for (int64_t r = 0; r < rows; ++r) scale_row(values + r * stride, factors[r], columns);
}

void dot_rows(const float* a, int64_t stride_a, const float* b, int64_t stride_b, int64_t rows, int64_t columns,
              float* sums) {
    for (int64_t r = 0; r < rows; ++r) sums[r] = dot(a + r * stride_a, b + r * stride_b, columns);
}

}  // namespace rest::kernels
