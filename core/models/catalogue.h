// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace rest::models {

/// What a model is for.
enum class ModelUse { captioner, clip, matching, unknown };  // matching: BLIP that matches images and texts, a baseline
const char* to_string(ModelUse use);

/// A published model that REST Studio knows by name. Sizes and digests of its files come from the hub.
struct CatalogueEntry {
    std::string name;  // "blip-base"
    std::string repo;  // "Salesforce/blip-image-captioning-base"
    ModelUse use = ModelUse::unknown;
    std::string purpose;  // a sentence
    std::string licence;  // "BSD-3-Clause"
    std::string licence_page;
    uint64_t about_bytes = 0;  // four bytes per parameter: an estimate until the hub is asked; 0: unknown
    /// Files to fetch: of each group the first that the repository has. A group without any is an error.
    std::vector<std::vector<std::string>> files;
};

using Catalogue = std::vector<CatalogueEntry>;

/// resources/models.json. Throws Error (not_found, damaged) naming the file and the entry.
Catalogue read_catalogue();
Catalogue read_catalogue(const std::filesystem::path& file);

/// An entry by its name, or by its repository.
const CatalogueEntry* find_entry(const Catalogue& catalogue, const std::string& name_or_repo);
const CatalogueEntry* find_entry(Catalogue&& catalogue, const std::string& name_or_repo) = delete;  // would dangle

/// An entry for "owner/name" that the catalogue does not have: named after its last part, with all files that a model
/// of one of our kinds may have. Empty for any other text.
std::optional<CatalogueEntry> entry_for_repo(const std::string& repo);

/// Letters, digits, '.', '-' and '_', not beginning with '.' or '-': safe as a folder's name, and not a path.
bool is_model_name(const std::string& name);

}  // namespace rest::models
