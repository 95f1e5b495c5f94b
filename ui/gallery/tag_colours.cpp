// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/tag_colours.h"

#include <QCoreApplication>
#include <QPainter>
#include <array>

#include "core/store/tag_records.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {

struct Named {
    const char* light;  // 3:1 and more against the light theme's white ...
    const char* dark;   // ... and the dark theme's cards
    const char* name;
};
constexpr std::array<Named, store::kTagColours> named = {{
    {"#c0332e", "#f2827f", QT_TRANSLATE_NOOP("TagColours", "Red")},
    {"#b7591f", "#f0a06a", QT_TRANSLATE_NOOP("TagColours", "Orange")},
    {"#8a6d00", "#e5c454", QT_TRANSLATE_NOOP("TagColours", "Yellow")},
    {"#1f7f4c", "#5fc48c", QT_TRANSLATE_NOOP("TagColours", "Green")},
    {"#0b7d83", "#4fc4cb", QT_TRANSLATE_NOOP("TagColours", "Teal")},
    {"#2563d9", "#5b9bff", QT_TRANSLATE_NOOP("TagColours", "Blue")},
    {"#5b46c9", "#9b8cff", QT_TRANSLATE_NOOP("TagColours", "Indigo")},
    {"#8b3fc2", "#c792ea", QT_TRANSLATE_NOOP("TagColours", "Violet")},
    {"#b8327a", "#f08abf", QT_TRANSLATE_NOOP("TagColours", "Pink")},
    {"#5c6773", "#a9b4c0", QT_TRANSLATE_NOOP("TagColours", "Grey")},
}};

const Named& at(int colour) {
    return named[colour >= 0 && colour < store::kTagColours ? static_cast<size_t>(colour) : 0];
}

}  // namespace

QColor tagColour(int colour) {
    return QColor(QLatin1String(colours().dark ? at(colour).dark : at(colour).light));
}

QString tagColourName(int colour) {
    return QCoreApplication::translate("TagColours", at(colour).name);
}

QIcon tagDot(int colour, qreal ratio) {
    QPixmap pixmap(QSize(12, 12) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tagColour(colour));
    painter.drawEllipse(QRectF(1.5, 1.5, 9, 9));
    return QIcon(pixmap);
}

}  // namespace rest::ui
