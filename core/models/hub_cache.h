// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/models/catalogue.h"
#include "core/models/model_record.h"

namespace rest::models {

/// A model as the hub's own tools store it: snapshots/COMMIT has links to blobs, whose names are their digests.
struct CachedModel {
    std::filesystem::path folder;  // the snapshot: usable like any other folder
    std::string commit;
    std::vector<RecordedFile> files;  // sizes as on disk; digests from the blobs' names
    std::string problem, remedy;      // a link without its blob, or truncated weights; empty: none found
};

/// Searches for the files that `entry` needs: in the snapshot that refs/main names, then in the others, a complete one
/// before one with a problem. Empty if the cache has no snapshot with all of them. Reads only the header of the
/// weights, so a blob of the right size with wrong bytes is not detected: check_files() does that. Never throws because
/// of the cache's contents.
std::optional<CachedModel> find_in_cache(const std::filesystem::path& cache, const CatalogueEntry& entry);

/// What the header of model.safetensors reveals about a truncated or overlong file; empty: no problem.
std::string quick_problem(const std::filesystem::path& file);

}  // namespace rest::models
