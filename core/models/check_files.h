// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/models/model_list.h"

namespace rest::models {

struct FileCheck {
    std::vector<Problem> problems;            // each with its file and remedy
    std::vector<std::string> without_digest;  // files of which only the size could be compared, or nothing
};

/// Reads every byte of a model's files and compares sizes and digests with those the hub gave at download, or with the
/// names of the blobs in the hub's cache. Throws Error (io), Cancelled.
FileCheck check_files(const ModelInfo& model, Task& task);

}  // namespace rest::models
