// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QSize>
#include <QString>
#include <algorithm>

#include "core/media/video_writer.h"
#include "ui/look/format.h"

namespace rest::ui {

/// The grey level that fills frame `i` of a test clip: frames stay distinguishable after coding.
inline int greyOf(int i) {
    return 20 + 12 * i;
}

/// A clip of `frames` uniform grey pictures, each one step lighter than the previous one.
inline QString writeGreyClip(const QString& folder, const QString& name, int frames, double rate = 10,
                             QSize size = {64, 48}) {
    const QString file = QDir(folder).filePath(name);
    QDir(folder).mkpath(QFileInfo(file).absolutePath());
    media::VideoWriterSettings settings;
    settings.width = size.width();
    settings.height = size.height();
    settings.frames_per_second = rate;
    settings.quality = 12;
    media::VideoWriter writer(path(file), settings);
    for (int i = 0; i < frames; ++i) {
        image::Image image(size.width(), size.height());
        std::fill(image.rgb.begin(), image.rgb.end(), static_cast<uint8_t>(greyOf(i)));
        writer.add(image);
    }
    writer.finish();
    return file;
}

}  // namespace rest::ui
