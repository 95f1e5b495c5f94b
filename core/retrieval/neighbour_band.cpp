// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/neighbour_band.h"

#include <algorithm>
#include <array>

#include "core/base/multiversion.h"
#include "core/kernels/gemm.h"
#include "core/retrieval/exact_scores.h"

namespace rest::retrieval {
namespace {

/// Columns examined together: two cache lines of each row.
constexpr int64_t kAcross = 32;

/// The first of `n` rows of a tile, `stride` apart, at or after `row` in which a column reaches its threshold, else n.
REST_MULTIVERSION int64_t next_row(const float* scores, int64_t stride, int64_t row, int64_t n,
                                   const float* thresholds) {
    for (; row < n; ++row) {
        int any = 0;
        for (int64_t i = 0; i < kAcross; ++i) any |= scores[row * stride + i] >= thresholds[i];
        if (any) return row;
    }
    return n;
}

}  // namespace

NeighbourBand::NeighbourBand(const torch::Tensor& features, int64_t first, int64_t end, int64_t h, float error)
    : features_(features.data_ptr<float>()), n_(features.size(0)), d_(features.size(1)), first_(first), end_(end) {
    lists_.reserve(static_cast<size_t>(end - first));
    for (int64_t i = first; i < end; ++i) lists_.emplace_back(TopList::Source{row(i), features_, d_, error}, h);
}

/// Each row of tiles begins at its diagonal: the part to its left within the band comes from the rows above, by
/// symmetry.
std::vector<NeighbourBand::Tile> NeighbourBand::tiles(const NeighbourSettings& settings) const {
    std::vector<Tile> out;
    for (int64_t top = first_; top < end_; top += settings.tile_rows) {
        const int64_t bottom = std::min(top + settings.tile_rows, end_);
        for (const auto& [from, to] :
             std::array{std::pair{top, end_}, std::pair{int64_t{0}, first_}, std::pair{end_, n_}}) {
            for (int64_t left = from; left < to; left += settings.tile_columns) {
                out.push_back({top, bottom, left, std::min(left + settings.tile_columns, to)});
            }
        }
    }
    return out;
}

void NeighbourBand::fill(const NeighbourSettings& settings, Task& task, int64_t done_before) {
    int64_t area = 0, done = 0;
    const auto all = tiles(settings);
    for (const auto& tile : all) area += tile.rows() * tile.columns();
    for (const auto& tile : all) {
        task.check();
        offer(tile);
        done += tile.rows() * tile.columns();
        const double share = static_cast<double>(done) / static_cast<double>(area);
        task.advance(done_before + static_cast<int64_t>(share * static_cast<double>(end_ - first_)));
    }
}

void NeighbourBand::offer(const Tile& tile) {
    const int64_t columns = tile.columns();
    scores_.resize(std::max(scores_.size(), static_cast<size_t>(tile.rows() * columns)));
    kernels::gemm({tile.rows(), columns, d_}, {row(tile.top), d_}, {row(tile.left), d_, true}, scores_.data(), columns);
    parallel_rows(tile.rows(), [&](int64_t r) {
        list(tile.top + r).offer({scores_.data() + r * columns, static_cast<size_t>(columns)}, tile.left);
    });
    const bool in_band = tile.left >= tile.top && tile.right <= end_;
    if (in_band) offer_across(tile, std::max(tile.left, tile.bottom));
}

/// Offers the tile's rows to the lists of its columns `from` .. right.
void NeighbourBand::offer_across(const Tile& tile, int64_t from) {
    const int64_t blocks = (tile.right - from + kAcross - 1) / kAcross;
    parallel_rows(std::max<int64_t>(blocks, 0), [&](int64_t block) {
        const int64_t left = from + block * kAcross, width = std::min(kAcross, tile.right - left),
                      stride = tile.columns();
        const float* scores = scores_.data() + (left - tile.left);
        std::array<float, kAcross> thresholds{};
        const auto look = [&](int64_t row) {
            for (int64_t i = 0; i < width; ++i) {
                const float score = scores[row * stride + i];
                if (score < thresholds[i]) continue;
                list(left + i).take(score, static_cast<int32_t>(tile.top + row));
                thresholds[i] = list(left + i).threshold();
            }
        };
        for (int64_t i = 0; i < width; ++i) thresholds[i] = list(left + i).threshold();
        for (int64_t row = 0; row < tile.rows(); ++row) {
            if (width == kAcross) row = next_row(scores, stride, row, tile.rows(), thresholds.data());
            if (row < tile.rows()) look(row);
        }
    });
}

void NeighbourBand::finish(int32_t* neighbours, int64_t h) {
    parallel_rows(std::ssize(lists_), [&](int64_t i) { lists_[i].finish(neighbours + i * h); });
}

}  // namespace rest::retrieval
