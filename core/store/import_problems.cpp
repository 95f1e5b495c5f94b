// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/import_problems.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"

namespace rest::store {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSetting = "import_problems";
constexpr size_t kMostKept = 10000;  // per import: a list of a million missing files must not slow down every opening

struct Kept {
    std::string source;
    Problem problem;
};

/// Anything other than our own format, in a project that others have written to, counts as empty.
std::vector<Kept> read(const Project& project) {
    std::vector<Kept> out;
    const auto json = parse_json(project.setting(kSetting).value_or("[]"));
    if (!json || !json->is_array()) return out;
    const auto words = [](const nlohmann::json& entry, const char* name) {
        const auto found = entry.find(name);
        return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    for (const auto& entry : *json) {
        if (!entry.is_object() || words(entry, "message").empty()) continue;
        out.push_back(
            {words(entry, "source"),
             {.file = words(entry, "file"), .message = words(entry, "message"), .remedy = words(entry, "remedy")}});
    }
    return out;
}

bool lies_in(const fs::path& file, const fs::path& folder) {
    const auto [end, ignored] = std::ranges::mismatch(folder, file);
    return end == folder.end();
}

}  // namespace

std::vector<Problem> import_problems(const Project& project) {
    std::vector<Problem> out;
    for (auto& kept : read(project)) out.push_back(std::move(kept.problem));
    return out;
}

void keep_import_problems(Project& project, const fs::path& source, std::vector<Problem> problems) {
    std::error_code error;
    const bool folder = fs::is_directory(source, error);
    auto kept = read(project);
    const auto before = kept.size();
    std::erase_if(kept, [&](const Kept& one) {
        return one.source == source.string() || (folder && lies_in(one.problem.file, source));
    });
    if (problems.empty() && kept.size() == before) return;
    if (problems.size() > kMostKept) {
        const auto more = problems.size() - kMostKept;
        problems.resize(kMostKept);
        problems.push_back({.file = source.string(), .message = std::to_string(more) + " further problems"});
    }
    for (auto& problem : problems) kept.push_back({source.string(), std::move(problem)});
    auto json = nlohmann::json::array();
    for (const auto& [from, problem] : kept) {
        json.push_back(
            {{"source", from}, {"file", problem.file}, {"message", problem.message}, {"remedy", problem.remedy}});
    }
    // File names may be invalid UTF-8.
    project.set_setting(kSetting, json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace rest::store
