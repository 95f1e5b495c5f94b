// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <sstream>

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"

namespace rest::checkpoint {

torch::Tensor interpolate_positions(const torch::Tensor& positions, int64_t image, int64_t patch) {
    const int64_t patches = positions.dim() == 3 ? positions.size(1) - 1 : 0;
    const auto n = static_cast<int64_t>(std::llround(std::sqrt(static_cast<double>(std::max<int64_t>(patches, 0)))));
    const int64_t m = patch > 0 ? image / patch : 0;
    if (n < 1 || n * n != patches || positions.size(0) != 1 || m < 1) {
        std::ostringstream shape;
        shape << positions.sizes();
        throw Error(ErrorCode::invalid_argument, "Position embeddings of shape " + shape.str() +
                                                     " cannot be resized to an image of " + std::to_string(image) +
                                                     " pixels in patches of " + std::to_string(patch));
    }
    if (n == m) return positions;
    const auto grid = positions.slice(1, 1).transpose(1, 2).reshape({1, -1, n, n});
    const auto resized = torch::upsample_bicubic2d(grid, {m, m}, /*align_corners=*/false);
    return torch::cat({positions.slice(1, 0, 1), resized.flatten(2).transpose(1, 2)}, 1);
}

}  // namespace rest::checkpoint
