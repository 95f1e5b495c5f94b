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
    FileDigest digest;  // unknown where the hub told none
};

/// What is written beside a model's files, rest-model.json: which commit of which repository they are.
struct ModelRecord {
    std::string repo, commit, endpoint, licence;
    ModelUse use = ModelUse::unknown;
    std::vector<RecordedFile> files;
    std::filesystem::path folder;  // of a model that was added where it lies; empty: beside the record

    uint64_t bytes() const;
};

/// Nothing where the folder has no record. Throws Error (damaged) naming the file.
std::optional<ModelRecord> read_record(const std::filesystem::path& folder);
/// Crash-safe. Throws Error (io, no_space).
void write_record(const std::filesystem::path& folder, const ModelRecord& record);

}  // namespace rest::models
