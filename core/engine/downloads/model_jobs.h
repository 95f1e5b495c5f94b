// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "core/checkpoint/doctor.h"
#include "core/engine/queue/engine.h"
#include "core/models/get_model.h"

namespace rest::engine {

struct DownloadResult {
    models::GotModel got;
    checkpoint::CheckpointReport report;  // the doctor's
};

/// Downloads a model (models::get_model) and has the doctor examine it. If cancelled, it keeps what has arrived. Throws
/// Error (damaged) if the files are as the hub has them but not a usable model.
std::unique_ptr<Job> make_download_job(models::GetRequest request,
                                       std::function<void(const DownloadResult&)> done = {});

struct ModelCheckParams {
    models::Catalogue catalogue;
    models::ModelPlaces places;
    std::string name;
};
struct ModelVerdict {
    models::ModelInfo info;
    std::vector<Problem> problems;            // of its files
    std::vector<std::string> without_digest;  // files whose digest the hub does not give
    checkpoint::CheckpointReport report;      // the doctor's; empty if a file is damaged
};

/// Reads every byte of a model, compares it with the hub's digests, and has the doctor examine it. `done` gets the
/// verdict in either case. Throws Error (not_found, damaged) naming the first defect.
std::unique_ptr<Job> make_model_check_job(ModelCheckParams params, std::function<void(const ModelVerdict&)> done = {});

/// Registers a folder as a model after the doctor has examined it; `name` empty: the folder's own. Returns the name.
/// Throws Error (damaged) for an unusable model, and what models::add_model throws. Takes as long as loading it.
std::string add_examined_model(const models::ModelPlaces& places, const std::filesystem::path& folder,
                               std::string name = {});

}  // namespace rest::engine
