// SPDX-License-Identifier: GPL-3.0-or-later
// <label>/*.mp4 without splits.
#include "core/dataset/folder_reading.h"
#include "core/dataset/list_looks.h"
#include "core/dataset/listing_builder.h"

namespace rest::dataset {

DatasetListing read_flat(const DatasetSource& source, Task& task) {
    ListingBuilder builder(source.tree, Layout::flat, task);
    const auto reading = read_folders(source.tree, source.folders);
    builder.set_folders(reading.names, reading.names == FolderNames::classes ? reading.question : "");
    for (size_t i = 0; i < source.tree.videos.size(); ++i) {
        builder.tick();
        builder.add_by_folder(i, Split::train,
                              builder.classes.index(place_in(reading, source.tree.videos[i].path).label));
    }
    const ClipFinder finder(source.tree);
    ListLooks looks(source, finder);
    tell_lists_not_read(looks, builder);
    return builder.finish(true);
}

}  // namespace rest::dataset
