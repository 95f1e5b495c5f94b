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

struct GreyClip {
    int frames = 8;
    double rate = 10;
    QSize size{64, 48};
    int key_frame_interval = media::VideoWriterSettings().key_frame_interval;
};

/// A clip of even grey pictures, each one step lighter than the one before.
inline QString writeGreyClip(const QString& folder, const QString& name, const GreyClip& clip) {
    const QString file = QDir(folder).filePath(name);
    QDir(folder).mkpath(QFileInfo(file).absolutePath());
    media::VideoWriterSettings settings;
    settings.width = clip.size.width();
    settings.height = clip.size.height();
    settings.frames_per_second = clip.rate;
    settings.key_frame_interval = clip.key_frame_interval;
    settings.quality = 12;
    media::VideoWriter writer(path(file), settings);
    for (int i = 0; i < clip.frames; ++i) {
        image::Image image(clip.size.width(), clip.size.height());
        std::fill(image.rgb.begin(), image.rgb.end(), static_cast<uint8_t>(greyOf(i)));
        writer.add(image);
    }
    writer.finish();
    return file;
}

inline QString writeGreyClip(const QString& folder, const QString& name, int frames, double rate = 10,
                             QSize size = {64, 48}) {
    return writeGreyClip(folder, name, GreyClip{.frames = frames, .rate = rate, .size = size});
}

}  // namespace rest::ui
