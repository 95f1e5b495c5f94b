// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/dataset/clip_finder.h"
#include "core/dataset/list_look.h"
#include "core/dataset/readers.h"

namespace rest::dataset {

/// What the files of a source that may be lists are; each is opened once. Source and finder must outlive it.
class ListLooks {
  public:
    ListLooks(const DatasetSource& source, const ClipFinder& finder);

    const DatasetSource& source() const { return source_; }
    /// The list the user named, or those of list_candidates().
    const std::vector<std::string>& candidates() const { return candidates_; }
    /// Further files that may be lists, which are not among the candidates.
    int64_t left_out() const { return left_out_; }
    const ListLook& of(const std::string& list);

  private:
    const DatasetSource& source_;
    const ClipFinder& finder_;
    std::vector<std::string> candidates_;
    int64_t left_out_ = 0;
    std::map<std::string, ListLook> known_;
};

}  // namespace rest::dataset
