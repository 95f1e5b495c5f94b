// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSize>
#include <functional>

class QPainter;
class QString;

namespace rest::ui {

/// Something drawn that can be exported at any sharpness.
struct Picture {
    QSize size;  // device-independent pixels
    std::function<void(QPainter&)> paint;
};

/// At twice the pixels, on the theme's paper.
QImage rendered(const Picture& picture);
/// As PNG, SVG or PDF by the file's ending; false when it could not be written.
bool savePicture(const Picture& picture, const QString& file);

}  // namespace rest::ui
