// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/hub_cache.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/checkpoint/files/safetensors_header.h"
#include "core/models/chosen_files.h"

namespace rest::models {
namespace {

namespace fs = std::filesystem;

/// Includes broken links.
std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        names.insert(at->path().filename().string());
    return names;
}

std::string main_commit(const fs::path& model) {
    constexpr size_t kLongest = 1000;
    try {
        return std::string(trimmed(read_file(model / "refs" / "main", kLongest)));
    } catch (const Error&) {
        return {};
    }
}

std::vector<fs::path> snapshots(const fs::path& model) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator at(model / "snapshots", error), end; !error && at != end; at.increment(error))
        found.push_back(at->path());
    const auto newest = main_commit(model);
    std::ranges::sort(found, [&](const fs::path& a, const fs::path& b) {
        const bool a_first = a.filename() == newest, b_first = b.filename() == newest;
        return a_first != b_first ? a_first : a < b;
    });
    return found;
}

RecordedFile describe(const fs::path& file, CachedModel& model) {
    RecordedFile described{.name = file.filename().string()};
    std::error_code error;
    const auto blob = fs::read_symlink(file, error);
    if (!error) described.digest = digest_from_etag(blob.filename().string());
    const auto place = error ? file : (file.parent_path() / blob).lexically_normal();
    described.bytes = fs::file_size(file, error);
    if (error) {
        model.problem = place.string() + ", to which " + file.string() + " links, is missing or cannot be read";
    } else if (const auto wrong = quick_problem(file); !wrong.empty()) {
        model.problem = place.string() + " is damaged: " + wrong;
    } else {
        return described;
    }
    model.remedy =
        "The hub's own tools put it there: remove that file and let them download it again, or get the model here.";
    return described;
}

std::optional<CachedModel> read_snapshot(const fs::path& folder, const CatalogueEntry& entry) {
    const auto chosen = choose_files(entry, names_in(folder));
    if (!chosen.lacking.empty()) return std::nullopt;
    CachedModel model{.folder = folder, .commit = folder.filename().string()};
    for (const auto& name : chosen.files) model.files.push_back(describe(folder / name, model));
    return model;
}

}  // namespace

std::string quick_problem(const fs::path& file) {
    if (file.extension() != ".safetensors") return {};
    std::error_code error;
    const auto bytes = fs::file_size(file, error);
    std::ifstream in(file, std::ios::binary);
    if (error || !in) return "it cannot be read";
    try {
        checkpoint::read_safetensors_header(in, bytes, file);
        return {};
    } catch (const std::exception& e) {
        return e.what();
    }
}

std::optional<CachedModel> find_in_cache(const fs::path& cache, const CatalogueEntry& entry) {
    const auto slash = entry.repo.find('/');
    if (cache.empty() || slash == std::string::npos) return std::nullopt;
    const auto model = cache / ("models--" + entry.repo.substr(0, slash) + "--" + entry.repo.substr(slash + 1));
    std::optional<CachedModel> damaged;
    for (const auto& folder : snapshots(model)) {
        auto found = read_snapshot(folder, entry);
        if (found && found->problem.empty()) return found;
        if (found && !damaged) damaged = std::move(found);
    }
    return damaged;
}

}  // namespace rest::models
