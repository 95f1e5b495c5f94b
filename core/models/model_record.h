// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/models/catalogue.h"
#include "core/models/digest.h"

namespace rest::models {

struct RecordedFile {
    std::string name;
    uint64_t bytes = 0;
    FileDigest digest;  // unknown if the hub gave none
};

/// The contents of rest-model.json beside a model's files: their repository and commit.
struct ModelRecord {
    std::string repo, commit, endpoint, licence;
    ModelUse use = ModelUse::unknown;
    std::vector<RecordedFile> files;
    std::filesystem::path folder;  // of a model registered where it is; empty: beside the record

    uint64_t bytes() const;
};

/// Empty if the folder has no record. Throws Error (damaged) naming the file.
std::optional<ModelRecord> read_record(const std::filesystem::path& folder);
/// Crash-safe. Throws Error (io, no_space).
void write_record(const std::filesystem::path& folder, const ModelRecord& record);

}  // namespace rest::models
