// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <cstring>

#include "core/image/image.h"

namespace rest::ui {

/// A deep copy that shares no memory with the frame.
inline QImage toQImage(const image::Image& frame) {
    QImage image(frame.width, frame.height, QImage::Format_RGB888);
    for (int y = 0; y < frame.height; ++y) {
        std::memcpy(image.scanLine(y), frame.row(y), static_cast<size_t>(frame.width) * 3);
    }
    return image;
}

}  // namespace rest::ui
