// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/models/catalogue.h"
#include "core/models/model_record.h"

namespace rest::models {

/// A model as the hub's own tools keep it: snapshots/COMMIT has links into blobs, whose names are their digests.
struct CachedModel {
    std::filesystem::path folder;  // the snapshot: a folder as any other
    std::string commit;
    std::vector<RecordedFile> files;  // sizes as they are on the disk; digests by the blobs' names
    std::string problem, remedy;      // a link without its blob, or weights that are cut; empty: none seen
};

/// Looks for the files that `entry` asks for: in the snapshot that refs/main names, then in the others, a whole one
/// before one with a problem. Nothing where the cache has no snapshot with all of them. Reads no more than the head of
/// the weights, so a blob of the right size with wrong bytes is not seen: check_files() sees it. Never throws for what
/// lies there.
std::optional<CachedModel> find_in_cache(const std::filesystem::path& cache, const CatalogueEntry& entry);

/// What the head of model.safetensors tells of a file that is cut or too long; empty: nothing.
std::string quick_problem(const std::filesystem::path& file);

}  // namespace rest::models
