// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/list_looks.h"

namespace rest::dataset {

ListLooks::ListLooks(const DatasetSource& source, const ClipFinder& finder) : source_(source), finder_(finder) {
    candidates_ = source.list.empty() ? list_candidates(source.tree, left_out_) : std::vector<std::string>{source.list};
}

const ListLook& ListLooks::of(const std::string& list) {
    const auto known = known_.find(list);
    if (known != known_.end()) return known->second;
    const auto knows = [this](std::string_view written) { return finder_.knows(written); };
    auto look = look_at_list(list, beginning_of(source_.tree.root / list), knows);
    return known_.emplace(list, std::move(look)).first->second;
}

}  // namespace rest::dataset
