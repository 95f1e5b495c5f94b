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
    std::filesystem::path folder;  // that it goes to
};

/// Fetches one file, or what is missing of it: NAME.part grows beside and gets its name only when its size and digest
/// are right and it is on the disk. A part that is longer than the file, or whole with wrong bytes, is thrown away and
/// fetched anew, once; so is one that a server does not go on with.
///
/// `arrived` is told how many bytes of the file there are. Cancelled leaves the part, for the next call to go on with.
/// Throws Error: damaged where the bytes were wrong twice, no_space, io, and what HubClient throws.
void download_file(HubClient& client, const FileDownload& download, const std::function<void(uint64_t)>& arrived);

/// The bytes of a file that are there already, whole or in a part.
uint64_t arrived_bytes(const std::filesystem::path& folder, const RecordedFile& file);

}  // namespace rest::models
