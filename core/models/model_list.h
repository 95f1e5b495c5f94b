// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/models/catalogue.h"
#include "core/models/hub_cache.h"
#include "core/models/model_record.h"

namespace rest::models {

/// The folders that contain models.
struct ModelPlaces {
    std::filesystem::path store;  // ours: a folder NAME for each, and .downloads
    std::filesystem::path cache;  // of the hub's own tools, read only
};
/// data_dir()/models, and hub_cache_folder().
ModelPlaces default_places();

enum class ModelState {
    installed,  // in the store
    added,      // a folder elsewhere, registered by name
    hub_cache,  // complete in the cache of the hub's own tools
    begun,      // a download that can be resumed
    available,  // on the hub
    damaged,    // incomplete, in the store or the cache
};
const char* to_string(ModelState state);

/// A model as shown in a list.
struct ModelInfo {
    std::string name, repo, commit, licence, purpose;
    ModelState state = ModelState::available;
    ModelUse use = ModelUse::unknown;
    std::filesystem::path folder;     // of its files; empty while it is not on this machine
    uint64_t bytes = 0;               // on this disk; for an incomplete download, what has arrived
    uint64_t whole_bytes = 0;         // when complete; the catalogue's estimate until the hub was asked
    std::vector<RecordedFile> files;  // what is known of each
    std::string problem, remedy;      // of a damaged one
    std::optional<CatalogueEntry> entry;

    bool usable() const;
    /// Whether it is in the store's own folders, so that removing it frees space.
    bool kept_here() const;
    bool in_store = false;  // if damaged: in the store, not in the cache
};

/// All models of the catalogue in its order, then the others on this machine. Reads only names, sizes and headers of
/// files. Never throws because of the folders' contents.
std::vector<ModelInfo> list_models(const Catalogue& catalogue, const ModelPlaces& places);

/// One of them by name or repository; empty if neither the catalogue nor the store knows it.
std::optional<ModelInfo> find_model(const Catalogue& catalogue, const ModelPlaces& places, const std::string& name);

/// The folder of a model that a setting gives by name, or as a folder or file. A name is searched for in the store, the
/// hub's cache and then the working folder. Throws Error (not_found, damaged) that says how to get a model that the
/// catalogue knows and this machine lacks; any other text is returned as a path.
std::filesystem::path model_folder(const std::string& name_or_path);

/// The form in which a project stores what its user typed: an absolute path if there is such a folder or file, else the
/// text itself if it names a model, else an absolute path. Empty stays empty.
std::string name_or_absolute_path(const std::string& name_or_path);

/// Registers a folder under a name; its files stay where they are. Throws Error (invalid_argument, not_found, busy,
/// io).
void add_model(const ModelPlaces& places, const std::string& name, const std::filesystem::path& folder, ModelUse use);

/// Removes a model from the store, or an incomplete download. Files in the hub's cache or in the user's own folders
/// stay. Throws Error (not_found, unsupported, busy, io).
void remove_model(const Catalogue& catalogue, const ModelPlaces& places, const std::string& name);

/// The folder in which a download of this name collects its files, and the writer's lock.
std::filesystem::path download_folder(const ModelPlaces& places, const std::string& name);
std::filesystem::path lock_file(const ModelPlaces& places, const std::string& name);

/// Instructions for copying a model to a machine without a network: which files, from where, into which folder.
std::string by_hand(const CatalogueEntry& entry, const ModelPlaces& places, const std::string& endpoint);

}  // namespace rest::models
