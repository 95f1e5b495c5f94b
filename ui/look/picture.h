// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSize>
#include <functional>

class QPainter;
class QString;

namespace rest::ui {

/// A drawing that can be exported at any resolution.
struct Picture {
    QSize size;  // device-independent pixels
    std::function<void(QPainter&)> paint;
};

/// At twice the resolution, on the theme's background.
QImage rendered(const Picture& picture);
/// As PNG, SVG or PDF by the file's extension; false if it could not be written.
bool savePicture(const Picture& picture, const QString& file);

}  // namespace rest::ui
