// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/error.h"
#include "core/study/study.h"

namespace rest::study {

namespace fs = std::filesystem;

fs::path studies_dir(const fs::path& project) {
    return project / "studies";
}

std::vector<fs::path> studies_in(const fs::path& project) {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(studies_dir(project), error)) {
        if (entry.path().extension() == ".study" && entry.is_regular_file(error)) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

fs::path study_file(const fs::path& project, const std::string& name) {
    constexpr size_t kMaxName = 200;  // bytes; file systems allow 255 including the extension
    const bool control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 32 || c == 127; });
    if (name.empty() || name.front() == '.' || name.size() > kMaxName || control ||
        name.find('/') != std::string::npos) {
        throw Error(ErrorCode::invalid_argument, "A study cannot be called \"" + name.substr(0, kMaxName) + "\"",
                    "Use a plain name without slashes that does not begin with a dot.");
    }
    return studies_dir(project) / (name + ".study");
}

fs::path find_study(const fs::path& project, const std::string& name) {
    if (!name.empty()) {
        const auto file = study_file(project, name);
        if (fs::exists(file)) return file;
        throw Error(ErrorCode::not_found, "The project " + project.string() + " has no study " + name,
                    "Make one with rest study create, or give the name of one that is there.");
    }
    const auto all = studies_in(project);
    if (all.size() == 1) return all.front();
    if (all.empty()) {
        throw Error(ErrorCode::not_found, "The project " + project.string() + " has no study",
                    "Make one with rest study create.");
    }
    std::string names;
    for (const auto& file : all) names += (names.empty() ? "" : ", ") + file.stem().string();
    throw Error(ErrorCode::invalid_argument, "The project " + project.string() + " has several studies: " + names,
                "Say which one.");
}

}  // namespace rest::study
