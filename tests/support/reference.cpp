// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/reference.h"

#include <cstdlib>

#include "core/base/atomic_file.h"
#include "tests/support/places.h"

namespace rest::test {

namespace fs = std::filesystem;

std::optional<fs::path> reference_dir() {
    if (const char* set = std::getenv("REST_REFERENCE")) return fs::path(set);
    const fs::path beside = source_dir().parent_path() / "shared" / "reference";
    if (fs::exists(beside)) return beside;
    return std::nullopt;
}

nlohmann::json read_json(const fs::path& path) { return nlohmann::json::parse(read_file(path)); }

}  // namespace rest::test
