// SPDX-License-Identifier: GPL-3.0-or-later
#include <cuda_runtime_api.h>

#include "core/retrieval/cuda/top_rows.h"
#include "core/retrieval/cuda_retrieval.h"
#include "core/retrieval/cuda_tiles.h"

namespace rest::retrieval {
namespace {

constexpr int64_t kMostVideos = int64_t{1} << 30;
constexpr float kMostError = 1e30f;  // guesses of larger products might be infinite or NaN

/// Rows of n guesses computed together: whole waves of blocks, but not all of the card's memory.
int64_t rows_at_once(int64_t n) {
    constexpr int64_t kMostBytes = int64_t{4} << 30, kLeast = 64, kRound = 128;
    size_t free = 0, all = 0;
    if (cudaMemGetInfo(&free, &all) != cudaSuccess) free = 0;
    const int64_t bytes = std::min(kMostBytes, static_cast<int64_t>(free / 2));
    const int64_t rows = bytes / static_cast<int64_t>(sizeof(float)) / n;
    return std::min(n, rows >= kRound ? rows / kRound * kRound : kLeast);
}

class NeighbourTiles {
  public:
    NeighbourTiles(const torch::Tensor& features, int64_t first, int64_t h, float error, torch::Device device)
        : n_(features.size(0)),
          first_(first),
          h_(h),
          error_(error),
          features_(filled_up(features, 4, device)),
          rows_(rows_at_once(features_.size(0))) {
        const auto numbers = torch::TensorOptions(device).dtype(torch::kInt32);
        scores_ = torch::empty({rows_, features_.size(0)}, numbers.dtype(torch::kFloat32));
        lists_ = torch::empty({rows_, h}, numbers);
        crowded_ = torch::zeros({n_ + 1}, numbers);
        for (auto& lists : pinned_) lists = pinned_numbers({rows_, h});
    }

    int64_t rows() const { return rows_; }

    /// Lists of the wanted videos from tile.first on, into the pinned buffer of its turn.
    void queue(const Tile& tile) {
        auto scores = scores_.narrow(0, 0, tile.count);
        const int64_t first = first_ + tile.first;
        torch::mm_out(scores, features_.narrow(0, first, tile.count), features_.t());
        auto work = described();
        work.first = static_cast<int32_t>(first);
        cuda::top_rows(work, tile.count, stream());
        send(tile);
    }

    /// Videos whose lists overflowed with uncertain guesses.
    torch::Tensor crowded() const {
        const int64_t count = crowded_[0].item<int32_t>();
        return crowded_.narrow(0, 1, count);
    }

    /// Queues the lists of the videos `which[first .. first + count)`, computed from exact scores.
    void queue_exact(const torch::Tensor& which, const Tile& tile) {
        auto work = described();
        work.videos = which.data_ptr<int32_t>() + tile.first;
        work.exact = true;
        cuda::exact_rows(work, scores_.data_ptr<float>(), tile.count, stream());
        cuda::top_rows(work, tile.count, stream());
        send(tile);
    }

    /// Waits for the tile; its lists stay valid until its turn comes again.
    const int32_t* lists(const Tile& tile) {
        done_[tile.turn].synchronize();
        return pinned_[tile.turn].data_ptr<int32_t>();
    }

  private:
    static void* stream() { return c10::cuda::getCurrentCUDAStream().stream(); }

    cuda::TopRows described() const {
        cuda::TopRows work{};
        work.scores = scores_.data_ptr<float>();
        work.stride = features_.size(0);
        work.features = features_.data_ptr<float>();
        work.n = static_cast<int32_t>(n_);
        work.d = static_cast<int32_t>(features_.size(1));
        work.h = static_cast<int32_t>(h_);
        work.error = error_;
        work.out = lists_.data_ptr<int32_t>();
        work.crowded_count = crowded_.data_ptr<int32_t>();
        work.crowded = work.crowded_count + 1;
        return work;
    }

    void send(const Tile& tile) {
        pinned_[tile.turn].narrow(0, 0, tile.count).copy_(lists_.narrow(0, 0, tile.count), true);
        done_[tile.turn].record();
    }

    int64_t n_, first_, h_;
    float error_;
    torch::Tensor features_;
    int64_t rows_;
    torch::Tensor scores_, lists_, crowded_;  // crowded_: their number, then the videos
    torch::Tensor pinned_[2];
    at::cuda::CUDAEvent done_[2];
};

}  // namespace

std::optional<torch::Tensor> neighbours_by_kernels(const torch::Tensor& features, const NeighbourSettings& settings,
                                                   float error, Task& task) {
    const int64_t n = features.size(0), h = std::min(settings.h, n);
    if (!kernels_wanted(settings.device) || n == 0 || n > kMostVideos || !(error < kMostError)) return {};
    const c10::cuda::CUDAGuard guard(settings.device);
    if (!cuda::top_rows_takes(h, rounded_up(features.size(1), 16))) return {};
    const auto of = settings.range(n);
    NeighbourTiles tiles(features, of.first, h, error, settings.device);
    auto neighbours = torch::empty({of.size(), h}, torch::kInt32);
    int32_t* out = neighbours.data_ptr<int32_t>();
    in_turns(
        of.size(), tiles.rows(), task, [&](const Tile& tile) { tiles.queue(tile); },
        [&](const Tile& tile) { copy_numbers(tiles.lists(tile), tile.count * h, out + tile.first * h); });
    const auto crowded = tiles.crowded();
    const auto on_host = crowded.to(torch::kCPU);
    constexpr int64_t kExactAtOnce = 256;  // small, so that it can be cancelled
    for (int64_t first = 0; first < on_host.size(0); first += kExactAtOnce) {
        task.check();
        const Tile tile{first, std::min({kExactAtOnce, tiles.rows(), on_host.size(0) - first}), 0};
        tiles.queue_exact(crowded, tile);
        const int32_t* lists = tiles.lists(tile);
        for (int64_t i = 0; i < tile.count; ++i)
            std::copy_n(lists + i * h, h, out + (on_host.data_ptr<int32_t>()[first + i] - of.first) * h);
    }
    return neighbours;
}

}  // namespace rest::retrieval
