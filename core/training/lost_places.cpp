// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/lost_places.h"

namespace rest::training {

std::vector<int64_t> other_places(std::span<const int64_t> lost, int64_t size) {
    std::vector<int64_t> places;
    size_t next = 0;
    for (int64_t place = 0; place < size; ++place) {
        if (next < lost.size() && lost[next] == place) {
            ++next;
        } else {
            places.push_back(place);
        }
    }
    return places;
}

torch::Tensor rows_of(const torch::Tensor& batch, const std::vector<int64_t>& places) {
    return batch.index_select(0, torch::tensor(places, torch::kInt64).to(batch.device()));
}

}  // namespace rest::training
