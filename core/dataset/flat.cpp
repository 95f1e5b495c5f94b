// SPDX-License-Identifier: GPL-3.0-or-later
// <label>/*.mp4 without splits.
#include "core/dataset/listing_builder.h"
#include "core/dataset/path_text.h"
#include "core/dataset/readers.h"
#include "core/dataset/split_name.h"

namespace rest::dataset {

DatasetListing read_flat(const DatasetSource& source, Task& task) {
    ListingBuilder builder(source.tree, Layout::flat, task);
    for (size_t i = 0; i < source.tree.videos.size(); ++i) {
        builder.tick();
        builder.add(i, Split::train, builder.classes.index(place_of(source.tree.videos[i].path).label));
    }
    return builder.finish(true);
}

}  // namespace rest::dataset
