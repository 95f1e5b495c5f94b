// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/models/hub_client.h"
#include "core/models/model_record.h"

namespace rest::models {

struct FileDownload {
    std::string repo, commit;
    RecordedFile file;             // its size is known, its digest may not be
    std::filesystem::path folder;  // its destination
};

/// Fetches one file, or its missing part: NAME.part grows beside it and is renamed only when size and digest are right
/// and it is synced to disk. A part that is longer than the file, or complete with a wrong digest, is discarded and
/// fetched again, once; so is one that the server cannot resume.
///
/// `arrived` receives the number of bytes present. Cancelling leaves the part, for the next call to resume. Throws
/// Error: damaged if the bytes were wrong twice, no_space, io, and what HubClient throws.
void download_file(HubClient& client, const FileDownload& download, const std::function<void(uint64_t)>& arrived);

/// The bytes of a file that are already present, whole or in a part.
uint64_t arrived_bytes(const std::filesystem::path& folder, const RecordedFile& file);

}  // namespace rest::models
