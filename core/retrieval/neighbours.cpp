// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retrieval/neighbours.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/retrieval/cuda_retrieval.h"
#include "core/retrieval/device_neighbours.h"
#include "core/retrieval/exact_scores.h"
#include "core/retrieval/neighbour_band.h"

namespace rest::retrieval {
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
    if (settings.of && (settings.of->first < 0 || settings.of->size() < 0 || settings.of->end > n)) {
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("Neighbours of videos {} to {} of {}", settings.of->first, settings.of->end, n));
    }
}

}  // namespace

torch::Tensor nearest_neighbours(const torch::Tensor& features, const NeighbourSettings& settings, Task& task) {
    torch::NoGradGuard no_grad;
    const auto f = checked_features(features, "Video features");
    const int64_t n = f.size(0), h = std::min(settings.h, n);
    check(settings, n);
    const auto of = settings.range(n);
    task.begin("Nearest neighbours", "videos", of.size());
    if (of.size() == 0) return torch::empty({0, h}, torch::kInt32);
    const float error = guess_error(f, f, settings.device);
    if (auto by_kernels = neighbours_by_kernels(f, settings, error, task)) return *by_kernels;
    if (!settings.device.is_cpu()) return neighbours_by_device(f, settings, error, task);
    auto neighbours = torch::empty({of.size(), h}, torch::kInt32);
    const int64_t together = std::max(settings.list_bytes / TopList::bytes(h), settings.tile_rows);
    for (int64_t first = of.first; first < of.end; first += together) {
        NeighbourBand band(f, first, std::min(first + together, of.end), h, error);
        band.fill(settings, task, first - of.first);
        band.finish(neighbours.data_ptr<int32_t>() + (first - of.first) * h, h);
    }
    return neighbours;
}

}  // namespace rest::retrieval
