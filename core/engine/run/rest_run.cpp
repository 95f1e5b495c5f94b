// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/rest_run.h"

namespace rest::engine {

std::vector<store::VideoId> RestRun::video_ids() const {
    std::vector<store::VideoId> ids;
    for (int64_t i = 0; i < train.size(); ++i) ids.push_back(train.video(i).id);
    return ids;
}

}  // namespace rest::engine
