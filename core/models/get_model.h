// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/models/hub_client.h"
#include "core/models/model_list.h"

namespace rest::models {

/// What a download would do, according to the hub.
struct DownloadPlan {
    std::string name, repo, commit;
    std::string licence;      // the catalogue's
    std::string hub_licence;  // as tagged on the hub's page; empty: none
    std::string licence_page;
    uint64_t bytes = 0;    // of all files
    uint64_t arrived = 0;  // from an earlier attempt
    std::filesystem::path folder;
};

struct GetRequest {
    CatalogueEntry entry;
    ModelPlaces places;
    HubSettings hub;
    std::string revision = "main";  // a branch, tag or commit; pinned to the commit it currently points to
    /// Called before the first byte of a file is requested; may throw Cancelled.
    std::function<void(const DownloadPlan&)> before;
};

enum class GetOutcome { was_here, in_hub_cache, fetched };

struct GotModel {
    GetOutcome outcome = GetOutcome::fetched;
    std::filesystem::path folder;
    uint64_t fetched_bytes = 0;  // over the network, in this call
};

/// Makes a model available on this machine: one in the store is left as it is, one that is complete in the hub's cache
/// with the right digests is used there, else it is downloaded into the store. An interrupted download resumes at its
/// commit; for a damaged model only the bad files are fetched.
///
/// Progress counts bytes. Cancelling keeps what has arrived. Throws Error: busy if another program is downloading the
/// same model, no_space before any request, damaged, io, and what HubClient throws.
GotModel get_model(const GetRequest& request, Task& task);

}  // namespace rest::models
