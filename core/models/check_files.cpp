// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/check_files.h"

namespace rest::models {
namespace {

namespace fs = std::filesystem;

/// The target blob of a link in the hub's cache: the damaged file, which can be removed.
std::string real_place(const fs::path& file) {
    std::error_code error;
    const auto place = fs::weakly_canonical(file, error);
    return error ? file.string() : place.string();
}

std::string remedy_for(const ModelInfo& model) {
    if (!model.in_store)
        return "The hub's own tools put it there: remove that file and let them fetch it anew, or get the model here.";
    return "Get the model again: only what is not right is fetched.";
}

}  // namespace

FileCheck check_files(const ModelInfo& model, Task& task) {
    FileCheck found;
    if (!model.problem.empty())
        found.problems.push_back({ErrorCode::damaged, model.folder.string(), model.problem, model.remedy});
    int64_t total = 0;
    for (const auto& file : model.files) total += static_cast<int64_t>(file.bytes);
    task.begin("Checking " + model.name, "bytes", total);
    int64_t before = 0;
    for (const auto& file : model.files) {
        const auto path = model.folder / file.name;
        const auto place = real_place(path);
        std::error_code error;
        const auto bytes = fs::file_size(path, error);
        if (error || bytes != file.bytes) {
            if (model.problem.empty())
                found.problems.push_back({ErrorCode::damaged, place,
                                          error ? place + " is gone"
                                                : place + " has " + std::to_string(bytes) + " bytes and should have " +
                                                      std::to_string(file.bytes),
                                          remedy_for(model)});
        } else if (!file.digest.known()) {
            found.without_digest.push_back(file.name);
        } else if (const auto digest = file_digest(path, file.digest.kind, task, before); digest != file.digest.hex) {
            found.problems.push_back({ErrorCode::damaged, place,
                                      place + " has the right size and wrong bytes: its " +
                                          to_string(file.digest.kind) + " is " + digest + " and should be " +
                                          file.digest.hex,
                                      remedy_for(model)});
        }
        before += static_cast<int64_t>(file.bytes);
        task.advance(before);
    }
    return found;
}

}  // namespace rest::models
