// SPDX-License-Identifier: GPL-3.0-or-later
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_error.h"
#include "core/base/file_lock.h"
#include "core/base/log.h"
#include "core/models/model_list.h"

namespace rest::models {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

std::string how_to_get(const ModelInfo& info) {
    return "Get it on the page Models, or with `rest models get " + info.name + "`.";
}

}  // namespace

fs::path model_folder(const std::string& name_or_path) {
    if (!is_model_name(name_or_path)) return name_or_path;
    const auto info = find_model(read_catalogue(), default_places(), name_or_path);
    if (info && info->usable()) return info->folder;
    if (info && info->state == ModelState::damaged)
        throw Error(ErrorCode::damaged, "The model " + info->name + " is not whole: " + info->problem, info->remedy);
    if (is_there(name_or_path) || !info) return name_or_path;
    throw Error(ErrorCode::not_found, "The model " + info->name + " is not on this machine", how_to_get(*info));
}

std::string name_or_absolute_path(const std::string& name_or_path) {
    if (name_or_path.empty()) return {};
    if (!is_model_name(name_or_path)) return fs::absolute(name_or_path).string();
    const auto info = find_model(read_catalogue(), default_places(), name_or_path);
    if (is_there(name_or_path)) {
        const auto folder = fs::absolute(name_or_path).string();
        if (info) spdlog::warn("There is a model {} too; {} is taken, as it is there", info->name, folder);
        return folder;
    }
    return info ? name_or_path : fs::absolute(name_or_path).string();
}

void add_model(const ModelPlaces& places, const std::string& name, const fs::path& folder, ModelUse use) {
    if (!is_model_name(name)) {
        throw Error(ErrorCode::invalid_argument, "\"" + name + "\" cannot be a model's name",
                    "Use letters, digits, '.', '-' and '_', and begin with a letter or digit.");
    }
    const auto place = fs::weakly_canonical(folder);
    if (!is_there(place)) {
        throw Error(ErrorCode::not_found, "There is no folder " + folder.string(), "Give the folder of a model.");
    }
    make_folder(places.store / ".downloads");
    const FileLock lock(lock_file(places, name), "The model " + name);
    if (is_there(places.store / name)) {
        throw Error(ErrorCode::busy, "There is a model " + name + " in " + places.store.string() + " already",
                    "Give another name, or remove that one first.");
    }
    make_folder(places.store / name);
    write_record(places.store / name, {.use = use, .folder = place});
}

void remove_model(const Catalogue& catalogue, const ModelPlaces& places, const std::string& name) {
    const auto info = find_model(catalogue, places, name);
    if (!info || info->state == ModelState::available) {
        throw Error(ErrorCode::not_found, "The model " + name + " is not on this machine",
                    "`rest models list` tells which are.");
    }
    if (!info->kept_here()) {
        throw Error(ErrorCode::unsupported,
                    "The model " + info->name + " lies in the cache of the hub's own tools, " + info->folder.string(),
                    "Other programs may use it there: remove it with `hf cache delete`, or that folder by hand.");
    }
    make_folder(places.store / ".downloads");
    const FileLock lock(lock_file(places, info->name), "The model " + info->name);
    // Renamed first: an incomplete removal must not look like a model that was copied by hand.
    const auto gone = places.store / ".downloads" / (".removed-" + info->name);
    remove_folder(gone);
    if (is_there(places.store / info->name)) rename_folder(places.store / info->name, gone);
    remove_folder(gone);
    remove_folder(download_folder(places, info->name));
}

}  // namespace rest::models
