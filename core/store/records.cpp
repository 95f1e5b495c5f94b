// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/records.h"

namespace rest::store {

const char* to_string(RunStatus status) {
    switch (status) {
        case RunStatus::prepared:
            return "prepared";
        case RunStatus::running:
            return "running";
        case RunStatus::paused:
            return "paused";
        case RunStatus::finished:
            return "finished";
        case RunStatus::cancelled:
            return "cancelled";
        case RunStatus::failed:
            return "failed";
    }
    return "unknown";
}

const char* to_string(RunKind kind) {
    switch (kind) {
        case RunKind::training:
            return "training";
        case RunKind::blip:
            return "blip";
        case RunKind::clip:
            return "clip";
        case RunKind::blip_retrieval:
            return "blip-clip";
    }
    return "unknown";
}

bool is_epoch_metric(const std::string& name) {
    return name.starts_with("clip_tam_");
}

}  // namespace rest::store
