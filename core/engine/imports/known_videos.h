// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/dataset/dataset.h"
#include "core/store/records.h"

namespace rest::engine {

/// What a project has of a clip that is imported.
struct KnownVideo {
    const store::VideoRecord* row = nullptr;  // null: the clip is new
    std::string name;                         // in the project: the row's, else one that no row has
};

/// The project's rows for the clips of a listing, in the listing's order; no row for two clips. The row of the same
/// file first, then the one of the same name, then one of the same name in another normalisation.
std::vector<KnownVideo> known_videos(std::span<const store::VideoRecord> rows,
                                     std::span<const dataset::ClipEntry> clips);

}  // namespace rest::engine
