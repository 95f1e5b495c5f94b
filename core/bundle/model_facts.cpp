// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/model_facts.h"

#include <algorithm>

#include "core/checkpoint/doctor.h"

namespace rest::bundle {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t kMostFiles = 200;

/// Sizes by name, of the files in a folder or of a single file.
json files_of(const fs::path& place) {
    json files = json::object();
    std::error_code error;
    if (fs::is_regular_file(place, error)) files[place.filename().string()] = fs::file_size(place, error);
    for (auto at = fs::directory_iterator(place, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
        std::error_code unknown;
        if (at->is_regular_file(unknown) && files.size() < kMostFiles) {
            files[at->path().filename().string()] = at->file_size(unknown);
        }
    }
    return files;
}

json shortened(json report) {
    constexpr size_t kShown = 8;
    for (auto& [name, value] : report.items()) {
        if (!value.is_array() || value.size() <= kShown) continue;
        const size_t more = value.size() - kShown;
        value.erase(value.begin() + kShown, value.end());
        value.push_back("and " + std::to_string(more) + " more");
    }
    return report;
}

}  // namespace

json model_facts(const fs::path& folder_or_file, uint64_t most_bytes) {
    if (folder_or_file.empty()) return {{"path", "the demo model that comes with the program"}};
    json facts = {{"path", folder_or_file.string()}, {"files", files_of(folder_or_file)}};
    uint64_t bytes = 0;
    for (const auto& [name, size] : facts["files"].items()) bytes += size.get<uint64_t>();
    if (bytes <= most_bytes)
        facts["doctor"] = shortened(checkpoint::to_json(checkpoint::examine_checkpoint(folder_or_file)));
    return facts;
}

}  // namespace rest::bundle
