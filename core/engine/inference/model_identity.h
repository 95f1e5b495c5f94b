// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/file_stamp.h"

namespace rest::engine {

/// Identifies a model by its files: weights, configs and vocabularies of a folder, or the one file that is named.
struct ModelIdentity {
    struct File {
        std::string name;
        FileStamp stamp;
        uint32_t checksum = 0;
    };
    std::string path;         // absolute
    std::vector<File> files;  // by name

    /// Whether the files are equal, wherever they are and whenever they were copied there.
    bool same_model(const ModelIdentity& other) const;
    /// "/models/clip (605.2 MB, checksum 1a2b3c4d)".
    std::string description() const;
    /// What same_model() compares, as one word.
    std::string key() const;
};

/// Reads each of its files once, except those that `known` has with the same path, size and time. Throws Error
/// (not_found, io) naming what cannot be read.
ModelIdentity identify_model(const std::filesystem::path& folder_or_file, const ModelIdentity& known = {});

std::string to_json(const ModelIdentity& model);
/// Invalid JSON gives an identity without files.
ModelIdentity model_identity_from_json(const std::string& json);

}  // namespace rest::engine
