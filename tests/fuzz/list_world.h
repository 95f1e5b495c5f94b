// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dataset/readers.h"
#include "tests/fuzz/fuzz.h"

namespace rest::fuzz {

/// A small data set in which only the lists are files: the input of a layout's reader.
class ListWorld {
  public:
    /// `videos` relative to the root.
    explicit ListWorld(const std::vector<std::string>& videos);

    /// Adds a list, by its name relative to the root.
    void put_list(const std::string& name, std::string_view content);

    using Reader = dataset::DatasetListing (*)(const dataset::DatasetSource&, Task&);
    /// Reads the lists and checks the listing.
    Outcome read(Reader reader);

  private:
    Scratch scratch_;
    dataset::FileTree tree_;
};

}  // namespace rest::fuzz
