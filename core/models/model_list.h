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

/// Where models lie.
struct ModelPlaces {
    std::filesystem::path store;  // ours: a folder NAME for each, and .downloads
    std::filesystem::path cache;  // of the hub's own tools, read only
};
/// data_dir()/models, and hub_cache_folder().
ModelPlaces default_places();

enum class ModelState {
    installed,  // in the store
    added,      // a folder elsewhere that the store knows by name
    hub_cache,  // whole in the cache of the hub's own tools
    begun,      // a download that can go on
    available,  // on the hub
    damaged,    // in the store or the cache, and not whole
};
const char* to_string(ModelState state);

/// A model as a list shows it.
struct ModelInfo {
    std::string name, repo, commit, licence, purpose;
    ModelState state = ModelState::available;
    ModelUse use = ModelUse::unknown;
    std::filesystem::path folder;     // of its files, or one that was added alone; empty: not on this machine
    uint64_t bytes = 0;               // on this disk; of a download that was begun, what has arrived
    uint64_t whole_bytes = 0;         // when it is whole; by the catalogue, "about", until the hub was asked
    std::vector<RecordedFile> files;  // what is known of each
    std::string problem, remedy;      // of a damaged one
    std::optional<CatalogueEntry> entry;

    bool usable() const;
    /// In the store's own folders, so that removing it removes something.
    bool kept_here() const;
    bool in_store = false;  // damaged: in the store, not in the cache
};

/// All models of the catalogue in its order, then those that are here besides. Looks at names, sizes and heads of
/// files only. Never throws for what lies there.
std::vector<ModelInfo> list_models(const Catalogue& catalogue, const ModelPlaces& places);

/// One of them by name or repository; nothing where neither the catalogue nor the store knows it.
std::optional<ModelInfo> find_model(const Catalogue& catalogue, const ModelPlaces& places, const std::string& name);

/// The folder of what a setting names: a model's name, or a folder or file. A name is looked for in the store, the
/// hub's cache and then the working folder. Throws Error (not_found, damaged) with the way to get a model that the
/// catalogue knows and this machine does not have; any other text is returned as the path it then is.
std::filesystem::path model_folder(const std::string& name_or_path);

/// What a project should remember of what its user typed: an absolute path where there is such a folder or file, else
/// the text itself where it names a model, else an absolute path all the same. Empty stays empty.
std::string name_or_absolute_path(const std::string& name_or_path);

/// Gives a folder, or a weight file, a name; it stays where it is. Throws Error (invalid_argument, not_found, busy,
/// io).
void add_model(const ModelPlaces& places, const std::string& name, const std::filesystem::path& folder, ModelUse use);

/// Removes a model from the store, or a download that was begun. What lies in the hub's cache or where its user keeps
/// it stays. Throws Error (not_found, unsupported, busy, io).
void remove_model(const Catalogue& catalogue, const ModelPlaces& places, const std::string& name);

/// Where a download of this name gathers, and the lock of who writes it.
std::filesystem::path download_folder(const ModelPlaces& places, const std::string& name);
std::filesystem::path lock_file(const ModelPlaces& places, const std::string& name);

/// How to bring a model to a machine without a network, in plain words: which files, from where, into which folder.
std::string by_hand(const CatalogueEntry& entry, const ModelPlaces& places, const std::string& endpoint);

}  // namespace rest::models
