// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/depthwise3d.h"

#include <algorithm>
#include <array>

#include "core/base/multiversion.h"
#include "core/kernels/ranges.h"

namespace rest::kernels {
namespace {

constexpr int kLanes = 16;
// May be unaligned in a row of floats. Passed by reference: by value, its calling convention would depend on the
// processor.
using Lanes = float __attribute__((vector_size(kLanes * sizeof(float)), aligned(sizeof(float)), may_alias));

inline const Lanes& lanes(const float* at) {
    return *reinterpret_cast<const Lanes*>(at);
}
inline Lanes& lanes(float* at) {
    return *reinterpret_cast<Lanes*>(at);
}

/// Shared by a run of positions in one row: the taps that are inside.
struct Taps {
    std::array<int64_t, 27> offsets;  // into the input, in floats from the position
    std::array<int64_t, 27> numbers;
    int count = 0;
};

struct Run {
    int64_t positions;  // along x
    Taps taps;
};

Taps taps_at(const DepthwiseGrid& g, int64_t t, int64_t y, int64_t x) {
    Taps taps;
    for (int64_t dt = -1; dt <= 1; ++dt) {
        for (int64_t dy = -1; dy <= 1; ++dy) {
            for (int64_t dx = -1; dx <= 1; ++dx) {
                const bool inside =
                    t + dt >= 0 && t + dt < g.t && y + dy >= 0 && y + dy < g.h && x + dx >= 0 && x + dx < g.w;
                if (!inside) continue;
                taps.offsets[taps.count] = dt * g.plane_stride + (dy * g.w + dx) * g.d;
                taps.numbers[taps.count++] = (dt + 1) * 9 + (dy + 1) * 3 + dx + 1;
            }
        }
    }
    return taps;
}

/// Calls visit(floats from the plane's start to the run's first position, run) for the runs of a plane: the left edge,
/// the interior, the right edge of each row.
template <class Visit>
void for_each_run(const DepthwiseGrid& g, int64_t plane, Visit visit) {
    const int64_t t = plane % g.t;
    for (int64_t y = 0; y < g.h; ++y) {
        for (int64_t x = 0; x < g.w;) {
            const int64_t positions = x == 0 || x == g.w - 1 ? 1 : g.w - 2;
            visit((y * g.w + x) * g.d, Run{positions, taps_at(g, t, y, x)});
            x += positions;
        }
    }
}

/// A block of kPositions x kLanes outputs stays in registers during the loop over taps.
REST_MULTIVERSION
void correlate_run(float* __restrict out, const float* __restrict in, const float* __restrict taps,
                   const float* __restrict start, const Taps& t, int64_t positions, int64_t d) {
    constexpr int kPositions = 4;
    int64_t c = 0;
    for (; c + kLanes <= d; c += kLanes) {
        const Lanes first = lanes(start + c);
        int64_t x = 0;
        for (; x + kPositions <= positions; x += kPositions) {
            Lanes sums[kPositions];
            for (int i = 0; i < kPositions; ++i) sums[i] = first + lanes(in + (x + i) * d + c);
            for (int k = 0; k < t.count; ++k) {
                const Lanes tap = lanes(taps + t.numbers[k] * d + c);
                const float* from = in + t.offsets[k] + x * d + c;
                for (int i = 0; i < kPositions; ++i) sums[i] += tap * lanes(from + i * d);
            }
            for (int i = 0; i < kPositions; ++i) lanes(out + (x + i) * d + c) = sums[i];
        }
        for (; x < positions; ++x) {
            Lanes sum = first + lanes(in + x * d + c);
            for (int k = 0; k < t.count; ++k) {
                sum += lanes(taps + t.numbers[k] * d + c) * lanes(in + t.offsets[k] + x * d + c);
            }
            lanes(out + x * d + c) = sum;
        }
    }
    for (; c < d; ++c) {
        for (int64_t x = 0; x < positions; ++x) {
            float sum = start[c] + in[x * d + c];
            for (int k = 0; k < t.count; ++k) sum += taps[t.numbers[k] * d + c] * in[t.offsets[k] + x * d + c];
            out[x * d + c] = sum;
        }
    }
}

/// sums (27, d) += input at each tap's offset times the gradient, over the run.
REST_MULTIVERSION
void gather_run(float* __restrict sums, const float* __restrict in, const float* __restrict gradient, const Taps& t,
                int64_t positions, int64_t d) {
    for (int k = 0; k < t.count; ++k) {
        float* to = sums + t.numbers[k] * d;
        const float* from = in + t.offsets[k];
        int64_t c = 0;
        for (; c + 2 * kLanes <= d; c += 2 * kLanes) {
            Lanes a = lanes(to + c), b = lanes(to + c + kLanes);
            for (int64_t x = 0; x < positions; ++x) {
                a += lanes(from + x * d + c) * lanes(gradient + x * d + c);
                b += lanes(from + x * d + c + kLanes) * lanes(gradient + x * d + c + kLanes);
            }
            lanes(to + c) = a;
            lanes(to + c + kLanes) = b;
        }
        for (; c < d; ++c) {
            for (int64_t x = 0; x < positions; ++x) to[c] += from[x * d + c] * gradient[x * d + c];
        }
    }
}

}  // namespace

void add_correlation(const DepthwiseGrid& g, const float* x, const torch::Tensor& taps, const torch::Tensor& start,
                     float* out) {
    const float* w = taps.data_ptr<float>();
    const float* s = start.data_ptr<float>();
    for_ranges(g.planes(), 1, [&](int64_t begin, int64_t end) {
        for (int64_t plane = begin; plane < end; ++plane) {
            for_each_run(g, plane, [&](int64_t at, const Run& run) {
                correlate_run(out + g.plane(plane) + at, x + g.plane(plane) + at, w, s, run.taps, run.positions, g.d);
            });
        }
    });
}

torch::Tensor tap_gradient(const DepthwiseGrid& g, const float* x, const float* gradient) {
    // Each plane has its own sums and planes are added in order, so the result does not depend on threads.
    auto parts = torch::zeros({g.planes(), 27, g.d});
    float* p = parts.data_ptr<float>();
    for_ranges(g.planes(), 1, [&](int64_t begin, int64_t end) {
        for (int64_t plane = begin; plane < end; ++plane) {
            for_each_run(g, plane, [&](int64_t at, const Run& run) {
                gather_run(p + plane * 27 * g.d, x + g.plane(plane) + at, gradient + g.plane(plane) + at, run.taps,
                           run.positions, g.d);
            });
        }
    });
    return parts.sum(0);
}

}  // namespace rest::kernels
