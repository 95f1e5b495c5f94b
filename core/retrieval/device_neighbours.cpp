// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/device_neighbours.h"

#include <algorithm>

#include "core/kernels/gemm.h"
#include "core/retrieval/exact_scores.h"
#include "core/retrieval/top_list.h"

namespace rest::retrieval {
namespace {

/// For some rows, more guesses than neighbours needed, best first.
struct Guesses {
    torch::Tensor scores;  // (rows, kept) float32
    torch::Tensor ids;     // (rows, kept) int32

    Guesses on_host() const { return {scores.to(torch::kCPU).contiguous(), ids.to(torch::kCPU).contiguous()}; }
};

/// The `kept` best of each row.
Guesses best_of(const Guesses& all, int64_t kept, bool sorted) {
    const auto [scores, at] = torch::topk(all.scores, std::min(kept, all.scores.size(1)), 1, true, sorted);
    return {scores, all.ids.gather(1, at)};
}

/// Guesses for rows [first, first + rows), selected on `features`' device.
Guesses choose(const torch::Tensor& features, int64_t first, int64_t rows, int64_t kept, int64_t tile_columns) {
    const int64_t n = features.size(0);
    const auto numbers = torch::arange(n, torch::TensorOptions(features.device()).dtype(torch::kInt32));
    Guesses best;
    for (int64_t left = 0; left < n; left += tile_columns) {
        const int64_t columns = std::min(tile_columns, n - left);
        const auto scores = torch::mm(features.narrow(0, first, rows), features.narrow(0, left, columns).t());
        const Guesses tile = best_of({scores, numbers.narrow(0, left, columns).expand({rows, columns})}, kept, false);
        best =
            best.scores.defined()
                ? best_of({torch::cat({best.scores, tile.scores}, 1), torch::cat({best.ids, tile.ids}, 1)}, kept, false)
                : tile;
    }
    return best_of(best, kept, true);
}

/// Computes exact neighbours from guesses, row by row.
class Settler {
  public:
    Settler(const torch::Tensor& features, int64_t h, float error) : features_(features), h_(h), error_(error) {}

    void settle(const Guesses& guesses, int64_t first, int32_t* out) const {
        const int64_t rows = guesses.scores.size(0), kept = guesses.scores.size(1);
        parallel_rows(rows, [&](int64_t r) {
            const auto width = static_cast<size_t>(kept);
            settle_row({guesses.scores.data_ptr<float>() + r * kept, width},
                       {guesses.ids.data_ptr<int32_t>() + r * kept, width}, first + r, out + r * h_);
        });
    }

  private:
    void settle_row(std::span<const float> scores, std::span<const int32_t> ids, int64_t row, int32_t* out) const {
        const int64_t n = features_.size(0), d = features_.size(1);
        const float* all = features_.data_ptr<float>();
        TopList best({all + row * d, all, d, error_}, h_);
        if (std::ssize(ids) == n || scores.back() < scores[static_cast<size_t>(h_) - 1] - 2 * error_) {
            best.offer(scores, ids);
        } else {  // some guesses within the error of the last one needed were not kept
            std::vector<float> whole(static_cast<size_t>(n));
            kernels::gemm({1, n, d}, {all + row * d, d}, {all, d, true}, whole.data(), n);
            best.offer(whole, 0);
        }
        best.finish(out);
    }

    const torch::Tensor& features_;
    int64_t h_;
    float error_;
};

}  // namespace

torch::Tensor neighbours_by_device(const torch::Tensor& features, const NeighbourSettings& settings, float error,
                                   Task& task) {
    constexpr int64_t kLeastSpare = 256;
    const int64_t n = features.size(0), h = std::min(settings.h, n);
    const int64_t kept = std::min(n, h + std::max(kLeastSpare, h / 4));
    const auto of = settings.range(n);
    const auto there = features.to(settings.device);
    const auto choose_from = [&](int64_t first) {
        return choose(there, first, std::min(settings.tile_rows, of.end - first), kept, settings.tile_columns);
    };
    const Settler settler(features, h, error);
    auto neighbours = torch::empty({of.size(), h}, torch::kInt32);
    if (of.size() == 0) return neighbours;
    auto next = choose_from(of.first);
    for (int64_t first = of.first; first < of.end;) {
        task.check();
        const Guesses guesses = next.on_host();
        const int64_t after = first + guesses.scores.size(0);
        if (after < of.end) next = choose_from(after);  // queued on the device; the host goes on meanwhile
        settler.settle(guesses, first, neighbours.data_ptr<int32_t>() + (first - of.first) * h);
        first = after;
        task.advance(first - of.first);
    }
    return neighbours;
}

}  // namespace rest::retrieval
