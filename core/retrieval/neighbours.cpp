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

}  // namespace

torch::Tensor nearest_neighbours(const torch::Tensor& features, const NeighbourSettings& settings, Task& task) {
    torch::NoGradGuard no_grad;
    const auto f = checked_features(features, "Video features");
    const int64_t n = f.size(0), d = f.size(1), h = std::min(settings.h, n);
    check(settings, n);
    task.begin("Nearest neighbours", "videos", n);
    auto neighbours = torch::empty({n, h}, torch::kInt32);
    if (n == 0) return neighbours;
    const float error = guess_error(f, f, settings.device);
    if (!settings.device.is_cpu()) return neighbours_by_device(f, settings, error, task);
    const int64_t tile_rows = std::min(settings.tile_rows, n), tile_columns = std::min(settings.tile_columns, n);
    const float* all = f.data_ptr<float>();
    std::vector<float> scores(static_cast<size_t>(tile_rows * tile_columns));
    for (int64_t top = 0; top < n; top += tile_rows) {
        const int64_t rows = std::min(tile_rows, n - top);
        std::vector<TopList> best;
        for (int64_t r = 0; r < rows; ++r) {
            best.emplace_back(TopList::Source{all + (top + r) * d, all, d, error}, h);
        }
        for (int64_t left = 0; left < n; left += tile_columns) {
            task.check();
            const int64_t columns = std::min(tile_columns, n - left);
            gemm({rows, columns, d}, {all + top * d, d}, {all + left * d, d, true}, scores.data(), columns);
            parallel_rows(rows, [&](int64_t r) {
                best[r].offer({scores.data() + r * columns, static_cast<size_t>(columns)}, left);
            });
        }
        parallel_rows(rows, [&](int64_t r) { best[r].finish(neighbours.data_ptr<int32_t>() + (top + r) * h); });
        task.advance(top + rows);
    }
    return neighbours;
}

}  // namespace rest
