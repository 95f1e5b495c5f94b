// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace rest::models {

/// What a model is for.
enum class ModelUse { captioner, clip, matching, unknown };  // matching: BLIP compares images and texts, a baseline
const char* to_string(ModelUse use);

/// A published model that REST Studio knows by name. Sizes and digests of its files are the hub's to tell.
struct CatalogueEntry {
    std::string name;  // "blip-base"
    std::string repo;  // "Salesforce/blip-image-captioning-base"
    ModelUse use = ModelUse::unknown;
    std::string purpose;  // a sentence
    std::string licence;  // "BSD-3-Clause"
    std::string licence_page;
    uint64_t about_bytes = 0;  // parameters times four: what to expect before the hub was asked; 0: unknown
    /// What is fetched: of each group the first file that the repository has. A group without any is an error.
    std::vector<std::vector<std::string>> files;
    std::vector<std::string> also = {};  // fetched where the repository has them
};

using Catalogue = std::vector<CatalogueEntry>;

/// resources/models.json. Throws Error (not_found, damaged) naming the file and the entry.
Catalogue read_catalogue();
Catalogue read_catalogue(const std::filesystem::path& file);

/// An entry by its name, or by its repository.
const CatalogueEntry* find_entry(const Catalogue& catalogue, const std::string& name_or_repo);
const CatalogueEntry* find_entry(Catalogue&& catalogue, const std::string& name_or_repo) = delete;  // it would be gone

/// An entry for "owner/name" that the catalogue does not have: named after its last part, every file is fetched that a
/// model of one of our kinds may have. Nothing for any other text.
std::optional<CatalogueEntry> entry_for_repo(const std::string& repo);

/// "owner/name".
bool is_repo(const std::string& text);

/// Letters, digits, '.', '-' and '_', not beginning with '.' or '-': safe as a folder's name, and no path.
bool is_model_name(const std::string& name);

}  // namespace rest::models
