// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/models/hub_client.h"
#include "core/models/model_list.h"

namespace rest::models {

/// What a download would do, as the hub tells.
struct DownloadPlan {
    std::string name, repo, commit;
    std::string licence;      // the catalogue's
    std::string hub_licence;  // as the hub's page tags it; empty: none named
    std::string licence_page;
    uint64_t bytes = 0;    // of all files
    uint64_t arrived = 0;  // of an earlier attempt
    std::filesystem::path folder;
};

struct GetRequest {
    CatalogueEntry entry;
    ModelPlaces places;
    HubSettings hub;
    std::string revision = "main";  // a branch, tag or commit; pinned to the commit it names now
    /// Told before the first byte of a file is asked for; may throw Cancelled.
    std::function<void(const DownloadPlan&)> before;
};

enum class GetOutcome { was_here, in_hub_cache, fetched };

struct GotModel {
    GetOutcome outcome = GetOutcome::fetched;
    std::filesystem::path folder;
    uint64_t fetched_bytes = 0;  // over the network, of this call
};

/// Brings a model to this machine: what the store has is left as it is, what the hub's cache has whole and with the
/// right digests is used where it lies, else it is fetched into the store. A download that was begun goes on at its
/// commit; of a model that is damaged only the files that are not right are fetched.
///
/// Progress counts bytes. Cancelled keeps what has arrived. Throws Error: busy where another program gets the same
/// model, no_space before anything is asked for, damaged, io, and what HubClient throws.
GotModel get_model(const GetRequest& request, Task& task);

}  // namespace rest::models
