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

/// Brings a model to this machine (models::get_model) and has the doctor examine it. Cancelled, it keeps what has
/// arrived. Throws Error (damaged) where what arrived is as the hub has it and no model that can be used.
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
    std::vector<std::string> without_digest;  // files of which the hub's digest is not known
    checkpoint::CheckpointReport report;      // the doctor's; empty where a file is not right
};

/// Reads every byte of a model, compares it with what the hub told, and has the doctor examine it. `done` gets the
/// verdict whatever it is. Throws Error (not_found, damaged) naming what is wrong first.
std::unique_ptr<Job> make_model_check_job(ModelCheckParams params, std::function<void(const ModelVerdict&)> done = {});

/// Gives a folder the name of a model after the doctor has examined it; `name` empty: the folder's own. Returns the
/// name. Throws Error (damaged) for what cannot be used, and what models::add_model throws. Takes as long as loading
/// it.
std::string add_examined_model(const models::ModelPlaces& places, const std::filesystem::path& folder,
                               std::string name = {});

}  // namespace rest::engine
