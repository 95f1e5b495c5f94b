// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/catalogue.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/base/strings.h"
#include "core/checkpoint/files/weight_files.h"

namespace rest::models {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

ModelUse use_from_string(const std::string& word) {
    for (const auto use : {ModelUse::captioner, ModelUse::clip, ModelUse::matching}) {
        if (word == to_string(use)) return use;
    }
    return ModelUse::unknown;
}

CatalogueEntry read_entry(const json& item) {
    CatalogueEntry entry;
    entry.name = item.at("name").get<std::string>();
    entry.repo = item.at("repo").get<std::string>();
    entry.use = use_from_string(item.at("use").get<std::string>());
    entry.purpose = item.at("purpose").get<std::string>();
    entry.licence = item.at("licence").get<std::string>();
    entry.licence_page = item.at("licence_page").get<std::string>();
    entry.about_bytes = item.at("about_bytes").get<uint64_t>();
    entry.files = item.at("files").get<std::vector<std::vector<std::string>>>();
    if (!is_model_name(entry.name)) throw Error(ErrorCode::damaged, "\"" + entry.name + "\" is not a model name");
    if (!is_repo(entry.repo)) throw Error(ErrorCode::damaged, "\"" + entry.repo + "\" is not a repository");
    for (const auto& group : entry.files) {
        if (!std::ranges::all_of(group, is_model_name)) {
            throw Error(ErrorCode::damaged, entry.name + " asks for a file outside its folder");
        }
    }
    return entry;
}

}  // namespace

const char* to_string(ModelUse use) {
    switch (use) {
        case ModelUse::captioner:
            return "captioner";
        case ModelUse::clip:
            return "clip";
        case ModelUse::matching:
            return "matching";
        case ModelUse::unknown:
            break;
    }
    return "unknown";
}

Catalogue read_catalogue() {
    return read_catalogue(resources_dir() / "models.json");
}

Catalogue read_catalogue(const fs::path& file) {
    const auto parsed = parse_json(read_file(file));
    std::string wrong;
    try {
        if (!parsed) throw Error(ErrorCode::damaged, parsed.error());
        Catalogue catalogue;
        for (const auto& item : *parsed) catalogue.push_back(read_entry(item));
        return catalogue;
    } catch (const std::exception& e) {
        wrong = e.what();
    }
    throw Error(ErrorCode::damaged, file.string() + " is not a list of models: " + wrong,
                "It comes with REST Studio: install that again.");
}

const CatalogueEntry* find_entry(const Catalogue& catalogue, const std::string& name_or_repo) {
    const auto at = std::ranges::find_if(
        catalogue, [&](const auto& entry) { return entry.name == name_or_repo || entry.repo == name_or_repo; });
    return at == catalogue.end() ? nullptr : &*at;
}

std::optional<CatalogueEntry> entry_for_repo(const std::string& repo) {
    if (!is_repo(repo)) return std::nullopt;
    CatalogueEntry entry;
    entry.name = repo.substr(repo.find('/') + 1);
    entry.repo = repo;
    entry.purpose = "From the hub; not one that REST Studio knows";
    const auto weights = checkpoint::weight_file_names();
    entry.files = {{"vocab.txt", "vocab.json", "tokenizer.json"},
                   {"merges.txt", "vocab.txt", "tokenizer.json"},
                   {weights.begin(), weights.end()}};
    // Without them defaults are assumed, with a warning.
    entry.also = {"config.json", "open_clip_config.json", "preprocessor_config.json", "processor_config.json"};
    return entry;
}

bool is_repo(const std::string& text) {
    const auto parts = split(text, '/');
    return parts.size() == 2 && std::ranges::all_of(parts, is_model_name);
}

bool is_model_name(const std::string& name) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    constexpr size_t kLongest = 200;
    return !name.empty() && name.size() <= kLongest && name.front() != '.' && name.front() != '-' &&
           name.find_first_not_of(kAllowed) == std::string::npos;
}

}  // namespace rest::models
