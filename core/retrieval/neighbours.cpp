// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/neighbours.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/kernels/gemm.h"
#include "core/retrieval/device_neighbours.h"
#include "core/retrieval/exact_scores.h"
#include "core/retrieval/top_list.h"

namespace rest {
namespace {

void check(const NeighbourSettings& settings, int64_t n) {
    if (settings.h < 1)
        throw Error(ErrorCode::invalid_argument, fmt::format("neighbours = {} must be at least 1", settings.h));
    if (settings.tile_rows < 1 || settings.tile_columns < 1) {
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("A tile of {} x {} holds nothing", settings.tile_rows, settings.tile_columns));
    }
    if (n > std::numeric_limits<int32_t>::max()) {
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("{} videos are more than 32-bit neighbour lists can number", n));
    }
}

struct Rows {
    int64_t first, count;
};

/// The neighbours of some rows, by the calling thread alone: a tile of scores is looked through while it lies in its cache.
void find_rows(const torch::Tensor& features, const Rows& rows, int64_t tile_columns, float error, int64_t h, int32_t* out) {
    const int64_t n = features.size(0), d = features.size(1);
    const float* all = features.data_ptr<float>();
    std::vector<TopList> best;
    for (int64_t r = 0; r < rows.count; ++r) best.emplace_back(TopList::Source{all + (rows.first + r) * d, all, d, error}, h);
    std::vector<float> scores(static_cast<size_t>(rows.count * std::min(tile_columns, n)));
    for (int64_t left = 0; left < n; left += tile_columns) {
        const int64_t columns = std::min(tile_columns, n - left);
        gemm({rows.count, columns, d}, {all + rows.first * d, d}, {all + left * d, d, true}, scores.data(), columns);
        for (int64_t r = 0; r < rows.count; ++r) best[r].offer({scores.data() + r * columns, static_cast<size_t>(columns)}, left);
    }
    for (int64_t r = 0; r < rows.count; ++r) best[r].finish(out + r * h);
}

}  // namespace

torch::Tensor nearest_neighbours(const torch::Tensor& features, const NeighbourSettings& settings, Task& task) {
    torch::NoGradGuard no_grad;
    const auto f = checked_features(features, "Video features");
    const int64_t n = f.size(0), h = std::min(settings.h, n);
    check(settings, n);
    task.begin("Nearest neighbours", "videos", n);
    auto neighbours = torch::empty({n, h}, torch::kInt32);
    if (n == 0) return neighbours;
    const float error = guess_error(f, f, settings.device);
    if (!settings.device.is_cpu()) return neighbours_by_device(f, settings, error, task);
    const int64_t rows = std::min(settings.tile_rows, n), at_once = rows * at::get_num_threads();
    for (int64_t first = 0; first < n; first += at_once) {
        task.check();
        const int64_t end = std::min(n, first + at_once);
        at::parallel_for(0, (end - first + rows - 1) / rows, 1, [&](int64_t block, int64_t last) {
            for (; block < last; ++block) {
                const int64_t top = first + block * rows;
                find_rows(f, {top, std::min(rows, end - top)}, settings.tile_columns, error, h, neighbours.data_ptr<int32_t>() + top * h);
            }
        });
        task.advance(end);
    }
    return neighbours;
}

}  // namespace rest
