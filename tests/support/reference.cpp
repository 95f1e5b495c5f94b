// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/reference.h"

#include <cstdlib>
#include <vector>

#include "core/base/atomic_file.h"
#include "tests/support/places.h"

namespace rest::test {

namespace fs = std::filesystem;

std::string reference_problem() {
    const char* set = std::getenv("REST_REFERENCE");
    return !set || fs::is_directory(set) ? "" : "REST_REFERENCE names no folder: " + std::string(set);
}

std::optional<fs::path> reference_part(const std::string& part) {
    std::vector<fs::path> places;
    if (const char* set = std::getenv("REST_REFERENCE")) places.push_back(fs::path(set) / part);
    const std::string models = "golden";
    fs::path here = source_dir() / "tests" / "golden";
    if (part.starts_with(models + "/")) {
        here /= part.substr(models.size() + 1);
    } else if (part != models) {
        here /= part;
    }
    places.push_back(here);
    places.push_back(source_dir().parent_path() / "shared" / "reference" / part);
    for (const auto& place : places) {
        if (fs::exists(place)) return place;
    }
    return std::nullopt;
}

nlohmann::json read_json(const fs::path& path) {
    return nlohmann::json::parse(read_file(path));
}

}  // namespace rest::test
