// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/store/project.h"
#include "ui/session/place.h"

namespace rest::ui {

/// A caption of a video and its source.
struct SaidCaption {
    QString caption;  // empty: none
    QString source;   // "run 3 · REST, epoch 15"; empty if there is no caption
};

/// The caption of the video in the evaluation that `place` names. Baselines that only rank class names have none.
SaidCaption captionAt(const store::Project& project, const Place& place);

/// The newest caption of a video: from a trained run if possible, else from a baseline.
SaidCaption newestCaption(const store::Project& project, store::VideoId video);

}  // namespace rest::ui
