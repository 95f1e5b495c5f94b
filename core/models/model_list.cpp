// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/model_list.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/models/hub_settings.h"

namespace rest::models {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDownloads = ".downloads";

uint64_t size_of(const fs::path& file) {
    std::error_code error;
    const auto bytes = fs::file_size(file, error);
    return error ? 0 : bytes;
}

ModelInfo from_entry(const CatalogueEntry& entry) {
    ModelInfo info{.name = entry.name, .repo = entry.repo, .licence = entry.licence, .purpose = entry.purpose};
    info.use = entry.use;
    info.whole_bytes = entry.about_bytes;
    info.entry = entry;
    return info;
}

void damage(ModelInfo& info, const std::string& problem, const std::string& remedy) {
    if (!info.problem.empty()) return;
    info.state = ModelState::damaged;
    info.problem = problem;
    info.remedy = remedy;
}

void look_at_files(ModelInfo& info) {
    for (const auto& file : info.files) {
        const auto path = info.folder / file.name;
        std::error_code error;
        const auto bytes = fs::file_size(path, error);
        if (error) {
            damage(info, path.string() + " is gone", "Get the model again: only what is not right is fetched.");
        } else if (bytes != file.bytes) {
            damage(info,
                   path.string() + " has " + std::to_string(bytes) + " bytes and should have " +
                       std::to_string(file.bytes),
                   "Get the model again: only what is not right is fetched.");
        }
    }
}

/// A folder of the store without a record: files that the user copied there.
void take_copied(ModelInfo& info) {
    std::error_code error;
    for (fs::directory_iterator at(info.folder, error), end; !error && at != end; at.increment(error)) {
        if (!at->is_regular_file(error)) continue;
        info.bytes += size_of(at->path());
        if (const auto wrong = quick_problem(at->path()); !wrong.empty())
            damage(info, at->path().string() + " is damaged: " + wrong, "Copy it again, or remove the model.");
    }
    info.whole_bytes = info.bytes;
    if (info.bytes == 0)
        damage(info, info.folder.string() + " holds no files", "Copy them there, or remove the model.");
}

void take_record(ModelInfo& info, const ModelRecord& record) {
    if (info.repo.empty()) info.repo = record.repo;
    if (info.use == ModelUse::unknown) info.use = record.use;
    if (info.licence.empty()) info.licence = record.licence;
    info.commit = record.commit;
    info.files = record.files;
    info.bytes = info.whole_bytes = record.bytes();
    if (record.folder.empty()) return look_at_files(info);
    info.state = ModelState::added;
    info.folder = record.folder;
    std::error_code error;
    if (!fs::exists(info.folder, error))
        return damage(info, "There is no folder " + info.folder.string() + " any more",
                      "Bring it back, or remove the model's name and add the folder where it is now.");
    take_copied(info);
}

void take_stored(ModelInfo& info, const fs::path& folder) {
    info.state = ModelState::installed;
    info.folder = folder;
    info.in_store = true;
    try {
        if (const auto record = read_record(folder))
            take_record(info, *record);
        else
            take_copied(info);
    } catch (const Error& e) {
        damage(info, e.what(), e.remedy());
    }
}

void take_begun(ModelInfo& info, const fs::path& folder) {
    info.state = ModelState::begun;
    try {
        const auto record = read_record(folder);
        if (!record) return;
        if (info.repo.empty()) info.repo = record->repo;
        info.commit = record->commit;
        info.whole_bytes = record->bytes();
        for (const auto& file : record->files)
            info.bytes += std::max(size_of(folder / file.name), size_of(folder / (file.name + ".part")));
    } catch (const Error&) {  // a resumed download then starts over
    }
}

void take_cached(ModelInfo& info, const CachedModel& cached) {
    info.state = ModelState::hub_cache;
    info.folder = cached.folder;
    info.commit = cached.commit;
    info.files = cached.files;
    for (const auto& file : cached.files) info.bytes += file.bytes;
    info.whole_bytes = info.bytes;
    if (!cached.problem.empty()) damage(info, cached.problem, cached.remedy);
}

bool is_folder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

void place(ModelInfo& info, const ModelPlaces& places) {
    if (is_folder(places.store / info.name)) return take_stored(info, places.store / info.name);
    const auto cached = info.entry ? find_in_cache(places.cache, *info.entry) : std::nullopt;
    const bool whole = cached && cached->problem.empty();
    const auto begun = download_folder(places, info.name);
    if (!whole && is_folder(begun)) return take_begun(info, begun);
    if (cached) take_cached(info, *cached);
}

void add_others(std::vector<ModelInfo>& models, const fs::path& folder, const ModelPlaces& places) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (is_folder(at->path())) names.push_back(at->path().filename().string());
    }
    std::ranges::sort(names);
    for (const auto& name : names) {
        if (!is_model_name(name) || std::ranges::find(models, name, &ModelInfo::name) != models.end()) continue;
        ModelInfo info{.name = name};
        place(info, places);
        models.push_back(std::move(info));
    }
}

}  // namespace

ModelPlaces default_places() {
    return {data_dir() / "models", hub_cache_folder()};
}

const char* to_string(ModelState state) {
    switch (state) {
        case ModelState::installed:
            return "installed";
        case ModelState::added:
            return "added";
        case ModelState::hub_cache:
            return "hub_cache";
        case ModelState::begun:
            return "begun";
        case ModelState::available:
            return "available";
        case ModelState::damaged:
            return "damaged";
    }
    return "unknown";
}

bool ModelInfo::usable() const {
    return state == ModelState::installed || state == ModelState::added || state == ModelState::hub_cache;
}

bool ModelInfo::kept_here() const {
    return in_store || state == ModelState::begun;
}

std::vector<ModelInfo> list_models(const Catalogue& catalogue, const ModelPlaces& places) {
    std::vector<ModelInfo> models;
    for (const auto& entry : catalogue) {
        models.push_back(from_entry(entry));
        place(models.back(), places);
    }
    add_others(models, places.store, places);
    add_others(models, places.store / kDownloads, places);
    return models;
}

std::optional<ModelInfo> find_model(const Catalogue& catalogue, const ModelPlaces& places, const std::string& name) {
    for (auto& info : list_models(catalogue, places)) {
        if (info.name == name || (!info.repo.empty() && info.repo == name)) return std::move(info);
    }
    return std::nullopt;
}

fs::path download_folder(const ModelPlaces& places, const std::string& name) {
    return places.store / kDownloads / name;
}

fs::path lock_file(const ModelPlaces& places, const std::string& name) {
    return places.store / kDownloads / ("." + name + ".lock");
}

std::string by_hand(const CatalogueEntry& entry, const ModelPlaces& places, const std::string& endpoint) {
    const auto folder = (places.store / entry.name).string();
    std::string text = "To bring " + entry.name + " to a machine without a network:\n" +
                       "1. On a machine with one, fetch these files, in a browser or with curl -LO:\n";
    for (const auto& group : entry.files) {
        for (size_t i = 0; i < group.size(); ++i) {
            text += std::string(i == 0 ? "     " : "     or, where that is not there, ") + endpoint + "/" + entry.repo +
                    "/resolve/main/" + group[i] + "\n";
        }
    }
    text += "2. Copy them, for example on a USB stick, into this folder here; make it first:\n     " + folder +
            "\n3. Look whether they are whole:\n     rest models check " + entry.name + "\n" +
            "Where another machine has the hub's own cache, copying its folder models--" +
            entry.repo.substr(0, entry.repo.find('/')) + "--" + entry.repo.substr(entry.repo.find('/') + 1) + " into " +
            places.cache.string() + " does as well.\n";
    return text;
}

}  // namespace rest::models
