// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/store/project.h"
#include "ui/session/place.h"

namespace rest::ui {

/// A caption of a video and whose it is.
struct SaidCaption {
    QString caption;  // empty: none was said
    QString source;   // "run 3 · REST, epoch 15"; empty when nobody said anything
};

/// What the evaluation that `place` names said of its video. Baselines that only rank class names say nothing.
SaidCaption captionAt(const store::Project& project, const Place& place);

/// The newest that was said of a video: by a trained run before the baselines.
SaidCaption newestCaption(const store::Project& project, store::VideoId video);

}  // namespace rest::ui
