// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/debug_bundle.h"

#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/bundle/log_files.h"
#include "core/bundle/model_facts.h"
#include "core/bundle/project_facts.h"
#include "core/bundle/redactor.h"
#include "core/bundle/system_facts.h"
#include "core/bundle/zip_file.h"

namespace rest::bundle {
namespace {

using nlohmann::json;
using Entries = std::map<std::string, std::string>;

constexpr const char* kReadMe =
    "A report about a problem with REST Studio.\n"
    "\n"
    "versions.json  the program, its libraries and the machine\n"
    "project.json   the project's settings, runs and counts, and whether its file is whole\n"
    "models.json    what its models are\n"
    "logs/          the ends of the program's logs\n"
    "\n"
    "No videos, frames, captions, answers or weights are inside; logs may name clips that could not be read. Names of\n"
    "annotators, of the user and of the machine, and addresses are replaced by <person>, <user>, <host> and <e-mail>; "
    "of\n"
    "paths only the last part is left.\n"
    "Please look through it before you send it: a name that no study and no account knows cannot be found.\n";

/// For text of any origin: invalid UTF-8 is replaced.
std::string dumped(const json& document) {
    return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Secrets secrets_of(const BundleSettings& settings, const ProjectFacts& project) {
    Secrets secrets{.people = settings.people, .user = user_facts()};
    const auto add = [&](const std::vector<std::string>& names) {
        secrets.people.insert(secrets.people.end(), names.begin(), names.end());
    };
    add(project.people);
    for (const auto& other : settings.others) add(people_of(other));
    secrets.folders.projects = settings.others;
    if (!settings.project.empty()) secrets.folders.projects.push_back(std::filesystem::absolute(settings.project));
    secrets.folders.media = project.media;
    for (const auto& model : project.models) secrets.folders.media.push_back(model.parent_path());
    return secrets;
}

json versions_of(const BundleSettings& settings) {
    json versions = system_facts();
    versions["program"] = settings.program;
    if (!settings.qt.empty()) versions["qt"] = settings.qt;
    return versions;
}

json models_of(const ProjectFacts& project, uint64_t most_bytes) {
    json models = json::array();
    for (const auto& model : project.models) models.push_back(model_facts(model, most_bytes));
    return models;
}

Entries collect(const BundleSettings& settings, Task& task) {
    task.begin("Report", "parts", 4);
    ProjectFacts project;
    if (!settings.project.empty()) project = project_facts(settings.project);
    task.advance(1);
    task.check();
    const Redactor redactor(secrets_of(settings, project));
    Entries entries = {{"README.txt", kReadMe},
                       {"versions.json", dumped(redactor.redacted_json(versions_of(settings)))}};
    if (!settings.project.empty()) {
        entries["project.json"] = dumped(redactor.redacted_json(project.document));
        entries["models.json"] = dumped(redactor.redacted_json(models_of(project, settings.model_bytes)));
    }
    task.advance(2);
    const auto logs = settings.logs.empty() ? state_dir() : settings.logs;
    for (const auto& [name, text] : log_ends(logs, settings.log_bytes)) {
        task.check();
        entries["logs/" + name] = redactor.redacted(text);
    }
    task.advance(3);
    return entries;
}

/// Only a regular file may be replaced: not a folder, nor a device where permissions would allow it.
void require_file_name(const std::filesystem::path& file) {
    std::error_code error;
    const auto there = std::filesystem::status(file, error).type();
    const bool free = there == std::filesystem::file_type::not_found || there == std::filesystem::file_type::regular;
    if (file.has_filename() && free) return;
    throw Error(ErrorCode::invalid_argument, "\"" + file.string() + "\" is no name of a file for the report",
                "Name a file such as report.zip.");
}

}  // namespace

SavedBundle save_debug_bundle(const BundleSettings& settings, Task& task) {
    require_file_name(settings.file);
    const auto entries = collect(settings, task);
    const auto bytes = zip_of(entries);
    task.check();
    write_file_atomically(settings.file, bytes);
    task.advance(4);
    SavedBundle saved{.bytes = bytes.size()};
    for (const auto& [name, content] : entries) saved.entries.push_back(name);
    return saved;
}

}  // namespace rest::bundle
