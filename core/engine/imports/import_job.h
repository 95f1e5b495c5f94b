// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/dataset/dataset.h"
#include "core/engine/queue/engine.h"

namespace rest::engine {

struct ImportParams {
    std::filesystem::path project;
    std::filesystem::path source;  // folder or list
    dataset::Layout layout = dataset::Layout::automatic;
    dataset::FolderNames folders = dataset::FolderNames::automatic;
};
/// Scans, probes every clip (several in parallel) and stores the results; damaged clips are stored with their problem.
std::unique_ptr<Job> make_import_job(const ImportParams& params);

}  // namespace rest::engine
