// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/picture.h"

#include <QGuiApplication>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QScreen>
#include <QSvgGenerator>
#include <algorithm>

#include "ui/look/theme.h"

namespace rest::ui {

namespace {
constexpr int scale = 2;
constexpr int longest_side = 16000;  // of an image, in pixels: 400 classes must not take gigabytes

void paintOnPaper(const Picture& picture, QPaintDevice& device) {
    QPainter painter(&device);
    painter.fillRect(QRect(QPoint(), picture.size), colours().base);
    picture.paint(painter);
}

void writeSvg(const Picture& picture, QIODevice& out) {
    QSvgGenerator svg;
    svg.setOutputDevice(&out);
    svg.setSize(picture.size);
    svg.setViewBox(QRect(QPoint(), picture.size));
    svg.setTitle(QStringLiteral("REST Studio"));
    paintOnPaper(picture, svg);
}

/// One page of the picture's size, laid out at the screen's resolution, as the picture was measured with its fonts.
void writePdf(const Picture& picture, QIODevice& out) {
    QPdfWriter pdf(&out);
    const int dots = qRound(QGuiApplication::primaryScreen()->logicalDotsPerInch());
    pdf.setResolution(dots);
    pdf.setPageSize(QPageSize(QSizeF(picture.size) / dots, QPageSize::Inch, {}, QPageSize::ExactMatch));
    pdf.setPageMargins({});
    pdf.setTitle(QStringLiteral("REST Studio"));
    paintOnPaper(picture, pdf);
}

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
    const auto ends = [&](const char* ending) { return file.endsWith(QLatin1String(ending), Qt::CaseInsensitive); };
    if (ends(".svg")) {
        writeSvg(picture, out);
    } else if (ends(".pdf")) {
        writePdf(picture, out);
    } else if (!rendered(picture).save(&out, "PNG")) {
        return false;
    }
    return out.commit();
}

}  // namespace rest::ui
