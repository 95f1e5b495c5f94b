// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/picture.h"

#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <algorithm>

#include "ui/look/theme.h"

namespace rest::ui {

namespace {
constexpr int scale = 2;
constexpr int longest_side = 16000;  // of an image, in pixels: 400 classes must not ask for gigabytes
}  // namespace

QImage rendered(const Picture& picture) {
    const double ratio = std::min<double>(
        scale, static_cast<double>(longest_side) / std::max({1, picture.size.width(), picture.size.height()}));
    QImage image((QSizeF(picture.size) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(colours().base);
    QPainter painter(&image);
    picture.paint(painter);
    return image;
}

bool savePicture(const Picture& picture, const QString& file) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly)) return false;
    if (file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setOutputDevice(&out);
        svg.setSize(picture.size);
        svg.setViewBox(QRect(QPoint(), picture.size));
        svg.setTitle(QStringLiteral("REST Studio"));
        QPainter painter(&svg);
        painter.fillRect(QRect(QPoint(), picture.size), colours().base);
        picture.paint(painter);
    } else if (!rendered(picture).save(&out, "PNG")) {
        return false;
    }
    return out.commit();
}

}  // namespace rest::ui
