// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/file_stamp.h"

namespace rest::engine {

/// Identifies a model by the files that loading it reads: all weight files, and the configs and vocabularies beside
/// them.
struct ModelIdentity {
    struct File {
        std::string name;  // relative to the model's folder: "config.json", "global_step9/mp_rank_00_model_states.pt"
        FileStamp stamp;
        uint32_t checksum = 0;
    };
    std::string path;         // absolute
    std::vector<File> files;  // by name
    /// Written by an earlier version, which listed every file of the folder, and only the weights of a single file.
    /// Then the files that both lists have are compared.
    bool from_before = false;

    /// The same content, whatever the place and the time; a single weight file may have been renamed.
    bool same_model(const ModelIdentity& other) const;
    /// "/models/clip (605.2 MB, checksum 1a2b3c4d)".
    std::string description() const;
    /// What same_model() compares, as one word.
    std::string key() const;
};

/// Reads each of its files once, except those that `known` has with the same path, size and time. Throws Error
/// (not_found, damaged, io) naming what cannot be read, as checkpoint::find_weight_files() does.
ModelIdentity identify_model(const std::filesystem::path& folder_or_file, const ModelIdentity& known = {});

std::string to_json(const ModelIdentity& model);
/// Invalid JSON gives an identity without files.
ModelIdentity model_identity_from_json(const std::string& json);

}  // namespace rest::engine
