// SPDX-License-Identifier: GPL-3.0-or-later
// Memory-bound if every value is read once: a block keeps three frames of some channels in shared memory and walks
// along T; the next frame is being loaded into registers meanwhile. A thread has two channels of (a part of) one row of
// patches and slides along it, so that a value read from shared memory is used for three outputs.
#include "core/kernels/cuda/adapter3d.h"

#include "core/kernels/cuda/device_code.h"

namespace rest::kernels::cuda {
namespace {

template <class T>
struct Pair;
template <>
struct Pair<float> {
    using Raw = float2;
    static __device__ float2 load(const Raw& raw) { return raw; }
    static __device__ Raw store(float2 value) { return value; }
};
template <>
struct Pair<__nv_bfloat16> {
    using Raw = __nv_bfloat162;
    static __device__ float2 load(const Raw& raw) { return __bfloat1622float2(raw); }
    static __device__ Raw store(float2 value) { return __float22bfloat162_rn(value); }
};

__device__ inline void add_product(float2& sum, float2 a, float2 b) {
    sum.x = fmaf(a.x, b.x, sum.x);
    sum.y = fmaf(a.y, b.y, sum.y);
}

/// How a block tiles S x S patches: kLanes pairs of channels, rows split into kParts.
template <class Number, int kSide, int kRowParts, int kPairs>
struct Tiling {
    using T = Number;
    using Raw = typename Pair<T>::Raw;
    static constexpr int S = kSide, kParts = kRowParts, kLanes = kPairs, kChannels = 2 * kPairs;
    static constexpr int kRow = (S + kParts - 1) / kParts;  // patches per thread
    static constexpr int kThreads = S * kParts * kLanes;
    static constexpr int kPlane = S * S * kLanes;              // pairs per frame
    static constexpr int kPieces = kLanes * sizeof(Raw) / 16;  // 16-byte accesses per patch's channels
    static constexpr int kLoads = (S * S * kPieces + kThreads - 1) / kThreads;
    static constexpr size_t kPlaneBytes = kPlane * sizeof(Raw);
    static constexpr int kBlocks =
        kThreads <= 448 && 3 * kPlaneBytes < 100000 ? 2 : 1;  // resident blocks per multiprocessor
    static constexpr size_t kTapBytes = 27 * kLanes * sizeof(float2);
};

struct Thread {
    int lane, part, y;
    template <class Way>
    static __device__ Thread here() {
        const int i = static_cast<int>(threadIdx.x);
        return {i % Way::kLanes, i / Way::kLanes % Way::kParts, i / (Way::kLanes * Way::kParts)};
    }
};

/// Three frames of a clip's channels in shared memory, frame t in slot t % 3.
template <class Way>
struct Ring {
    using Raw = typename Way::Raw;
    Raw* planes;
    const Raw* tokens;  // of this clip and these channels, the pair of lane 0
    int frames, d;
    uint4 coming[Way::kLoads];

    __device__ int64_t row(int frame, int position) const {
        return (int64_t{frame} * (Way::S * Way::S + 1) + 1 + position) * (d / 2);
    }

    __device__ void fetch(int frame) {
        if (frame >= frames) return;
#pragma unroll
        for (int i = 0; i < Way::kLoads; ++i) {
            const int piece = static_cast<int>(threadIdx.x) + i * Way::kThreads;
            if (piece >= Way::S * Way::S * Way::kPieces) continue;
            coming[i] = reinterpret_cast<const uint4*>(tokens + row(frame, piece / Way::kPieces))[piece % Way::kPieces];
        }
    }

    __device__ void keep(int frame) {
        if (frame >= frames) return;
        auto* slot = reinterpret_cast<uint4*>(planes + frame % 3 * Way::kPlane);
#pragma unroll
        for (int i = 0; i < Way::kLoads; ++i) {
            const int piece = static_cast<int>(threadIdx.x) + i * Way::kThreads;
            if (piece < Way::S * Way::S * Way::kPieces) slot[piece] = coming[i];
        }
    }

    __device__ void start() {
        for (int frame = 0; frame < 2; ++frame) {
            fetch(frame);
            keep(frame);
        }
    }

    /// The pair at (frame, y, x); the caller handles frame, and y, x outside give zero.
    __device__ float2 at(int frame, int y, int x, int lane) const {
        if (x < 0 || x >= Way::S) return make_float2(0, 0);
        return Pair<typename Way::T>::load(planes[frame % 3 * Way::kPlane + (y * Way::S + x) * Way::kLanes + lane]);
    }
};

/// One row of three taps over the thread's patches.
template <class Way>
__device__ void correlate(const Ring<Way>& ring, const Thread& at, int frame, int y, const float2* taps,
                          float2 (&sums)[Way::kRow]) {
    const float2 w0 = taps[at.lane], w1 = taps[Way::kLanes + at.lane], w2 = taps[2 * Way::kLanes + at.lane];
    const int first = at.part * Way::kRow;
    float2 left = ring.at(frame, y, first - 1, at.lane), here = ring.at(frame, y, first, at.lane);
#pragma unroll
    for (int i = 0; i < Way::kRow; ++i) {
        const float2 right = ring.at(frame, y, first + i + 1, at.lane);
        add_product(sums[i], w0, left);
        add_product(sums[i], w1, here);
        add_product(sums[i], w2, right);
        left = here;
        here = right;
    }
}

template <class Way>
__global__ void __launch_bounds__(Way::kThreads, Way::kBlocks)
    forward(const typename Way::T* x, const float* taps, const float* bias, typename Way::T* out, int frames, int d,
            bool flipped) {
    using Raw = typename Way::Raw;
    REST_DYNAMIC_SHARED(char, shared);
    auto* held_taps = reinterpret_cast<float2*>(shared + 3 * Way::kPlaneBytes);  // (27, lanes)
    const auto at = Thread::here<Way>();
    const int channel = static_cast<int>(blockIdx.y) * Way::kChannels;
    const int64_t start = int64_t{blockIdx.x} * frames * (Way::S * Way::S + 1) * (d / 2) + channel / 2;
    Ring<Way> ring{reinterpret_cast<Raw*>(shared), reinterpret_cast<const Raw*>(x) + start, frames, d, {}};
    Raw* to = reinterpret_cast<Raw*>(out) + start;

    for (int i = static_cast<int>(threadIdx.x); i < 27 * Way::kLanes; i += Way::kThreads) {
        const int tap = i / Way::kLanes;
        const float* from = taps + int64_t{flipped ? 26 - tap : tap} * d + channel + 2 * (i % Way::kLanes);
        held_taps[i] = make_float2(from[0], from[1]);
    }
    float2 first = make_float2(0, 0);
    if (bias != nullptr) first = make_float2(bias[channel + 2 * at.lane], bias[channel + 2 * at.lane + 1]);

    ring.start();
    for (int frame = 0; frame < frames; ++frame) {
        ring.fetch(frame + 2);
        __syncthreads();
        float2 sums[Way::kRow];
#pragma unroll
        for (int i = 0; i < Way::kRow; ++i) {
            const float2 here = ring.at(frame, at.y, at.part * Way::kRow + i, at.lane);
            sums[i] = make_float2(first.x + here.x, first.y + here.y);
        }
#pragma unroll 1  // registers
        for (int dt = -1; dt <= 1; ++dt) {
            if (frame + dt < 0 || frame + dt >= frames) continue;
#pragma unroll 1
            for (int dy = -1; dy <= 1; ++dy) {
                if (at.y + dy < 0 || at.y + dy >= Way::S) continue;
                correlate(ring, at, frame + dt, at.y + dy, held_taps + ((dt + 1) * 9 + (dy + 1) * 3) * Way::kLanes,
                          sums);
            }
        }
#pragma unroll
        for (int i = 0; i < Way::kRow; ++i) {
            const int column = at.part * Way::kRow + i;
            if (column < Way::S)
                to[ring.row(frame, at.y * Way::S + column) + at.lane] = Pair<typename Way::T>::store(sums[i]);
        }
        if (at.y == 0 && at.part == 0)
            to[ring.row(frame, -1) + at.lane] = ring.tokens[ring.row(frame, -1) + at.lane];  // the class token
        __syncthreads();
        ring.keep(frame + 2);  // replaces frame - 1
    }
}

/// Sums over the threads of a block that have the same channels, in a fixed order, and writes channel after channel to
/// `to`.
template <class Way>
__device__ void write_block_sum(float2 of_thread, float2* shared, const Thread& at, float* to) {
    shared[threadIdx.x] = of_thread;
    __syncthreads();
    if (at.y == 0 && at.part == 0) {
        float2 sum = make_float2(0, 0);
        for (int r = 0; r < Way::S * Way::kParts; ++r) {
            sum.x += shared[r * Way::kLanes + at.lane].x;
            sum.y += shared[r * Way::kLanes + at.lane].y;
        }
        to[2 * at.lane] = sum.x;
        to[2 * at.lane + 1] = sum.y;
    }
    __syncthreads();
}

/// For one clip and some channels, to scratch (clips, 28, d): 27 taps and the bias.
template <class Way>
__global__ void __launch_bounds__(Way::kThreads)
    tap_gradients(const typename Way::T* x, const typename Way::T* gradient, float* scratch, int frames, int d) {
    using Raw = typename Way::Raw;
    REST_DYNAMIC_SHARED(char, shared);
    const auto at = Thread::here<Way>();
    const int channel = static_cast<int>(blockIdx.y) * Way::kChannels;
    const int64_t start = int64_t{blockIdx.x} * frames * (Way::S * Way::S + 1) * (d / 2) + channel / 2;
    Ring<Way> ring{reinterpret_cast<Raw*>(shared), reinterpret_cast<const Raw*>(x) + start, frames, d, {}};
    const Raw* from = reinterpret_cast<const Raw*>(gradient) + start;

    float2 sums[28] = {};
    ring.start();
    for (int frame = 0; frame < frames; ++frame) {
        ring.fetch(frame + 2);
        float2 g[Way::kRow];
#pragma unroll
        for (int i = 0; i < Way::kRow; ++i) {
            const int column = at.part * Way::kRow + i;
            g[i] = column < Way::S
                       ? Pair<typename Way::T>::load(from[ring.row(frame, at.y * Way::S + column) + at.lane])
                       : make_float2(0, 0);
            sums[27].x += g[i].x;
            sums[27].y += g[i].y;
        }
        __syncthreads();
#pragma unroll
        for (int dt = -1; dt <= 1; ++dt) {
            if (frame + dt < 0 || frame + dt >= frames) continue;
#pragma unroll
            for (int dy = -1; dy <= 1; ++dy) {
                if (at.y + dy < 0 || at.y + dy >= Way::S) continue;
                const int tap = (dt + 1) * 9 + (dy + 1) * 3, first = at.part * Way::kRow;
                float2 left = ring.at(frame + dt, at.y + dy, first - 1, at.lane),
                       here = ring.at(frame + dt, at.y + dy, first, at.lane);
#pragma unroll
                for (int i = 0; i < Way::kRow; ++i) {
                    const float2 right = ring.at(frame + dt, at.y + dy, first + i + 1, at.lane);
                    add_product(sums[tap], g[i], left);
                    add_product(sums[tap + 1], g[i], here);
                    add_product(sums[tap + 2], g[i], right);
                    left = here;
                    here = right;
                }
            }
        }
        __syncthreads();
        ring.keep(frame + 2);
    }
    __syncthreads();
    for (int k = 0; k < 28; ++k) {
        write_block_sum<Way>(sums[k], reinterpret_cast<float2*>(shared), at,
                             scratch + (int64_t{blockIdx.x} * 28 + k) * d + channel);
    }
}

/// Adds the clips' sums to the gradients: of taps (d, 27), in the weight's layout, and of the bias (d).
__global__ void add_clips(const float* scratch, float* taps, float* bias, int64_t clips, int d) {
    const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x), tap = i / d, channel = i % d;
    if (tap >= 28) return;
    float sum = 0;
    for (int64_t clip = 0; clip < clips; ++clip) sum += scratch[clip * 28 * d + i];
    float* to = tap < 27 ? taps + channel * 27 + tap : bias + channel;
    *to += sum;
}

template <class T, int S>
struct BestTiling {
    using Way = Tiling<T, S, 1, 32>;
};
template <class T>
struct BestTiling<T, 24> {
    using Way = Tiling<T, 24, 2, 16>;
};  // three frames and a row of sums

#ifndef REST_EMULATED

template <class T, class Visit>
void with_tiling(int side, Visit visit) {
    switch (side) {
        case 7:
            return visit(typename BestTiling<T, 7>::Way());
        case 14:
            return visit(typename BestTiling<T, 14>::Way());
        case 16:
            return visit(typename BestTiling<T, 16>::Way());
        case 24:
            return visit(typename BestTiling<T, 24>::Way());
        default:
            throw std::invalid_argument("No adapter kernel for a side of " + std::to_string(side));
    }
}

template <class Kernel>
void allow_shared(Kernel kernel, size_t bytes) {
    check(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(bytes)),
          "the adapter's shared memory");
}

template <class Way>
dim3 grid_of(const AdapterShape& s) {
    return dim3(static_cast<unsigned>(s.clips), static_cast<unsigned>(s.d / Way::kChannels));
}

template <class T>
void forward_of(const AdapterShape& s, const void* x, const float* taps, const float* bias, void* out, bool flipped,
                cudaStream_t stream) {
    with_tiling<T>(s.side, [&](auto tiling) {
        using Way = decltype(tiling);
        constexpr size_t bytes = 3 * Way::kPlaneBytes + Way::kTapBytes;
        allow_shared(forward<Way>, bytes);
        forward<Way><<<grid_of<Way>(s), Way::kThreads, bytes, stream>>>(static_cast<const T*>(x), taps, bias,
                                                                        static_cast<T*>(out), s.t, s.d, flipped);
    });
    check(cudaGetLastError(), "temporal adapter");
}

template <class T>
void gradient_of(const AdapterShape& s, const void* x, const void* gradient, float* scratch, cudaStream_t stream) {
    with_tiling<T>(s.side, [&](auto tiling) {
        using Way = decltype(tiling);
        constexpr size_t bytes = 3 * Way::kPlaneBytes;
        allow_shared(tap_gradients<Way>, bytes);
        tap_gradients<Way><<<grid_of<Way>(s), Way::kThreads, bytes, stream>>>(
            static_cast<const T*>(x), static_cast<const T*>(gradient), scratch, s.t, s.d);
    });
    check(cudaGetLastError(), "temporal adapter's gradient");
}

#endif

}  // namespace

bool adapter_takes(const AdapterShape& s) {
    return s.d % 64 == 0 && s.t > 0 && (s.side == 7 || s.side == 14 || s.side == 16 || s.side == 24);
}

int64_t adapter_scratch(const AdapterShape& s) {
    return s.clips * 28 * s.d;
}

#ifndef REST_EMULATED

void adapter_forward(const AdapterShape& s, Number number, const void* x, const float* taps, const float* bias,
                     void* out, bool flipped, void* stream) {
    if (s.clips == 0) return;
    const auto on = static_cast<cudaStream_t>(stream);
    if (number == Number::float32) return forward_of<float>(s, x, taps, bias, out, flipped, on);
    forward_of<__nv_bfloat16>(s, x, taps, bias, out, flipped, on);
}

void adapter_tap_gradient(const AdapterShape& s, Number number, const void* x, const void* gradient, float* scratch,
                          float* taps_gradient, float* bias_gradient, void* stream) {
    if (s.clips == 0) return;
    const auto on = static_cast<cudaStream_t>(stream);
    if (number == Number::float32)
        gradient_of<float>(s, x, gradient, scratch, on);
    else
        gradient_of<__nv_bfloat16>(s, x, gradient, scratch, on);
    constexpr int kThreads = 256;
    add_clips<<<static_cast<unsigned>(blocks_for(28 * s.d, kThreads)), kThreads, 0, on>>>(scratch, taps_gradient,
                                                                                          bias_gradient, s.clips, s.d);
    check(cudaGetLastError(), "temporal adapter's gradient");
}

#endif

}  // namespace rest::kernels::cuda
