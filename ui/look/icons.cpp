// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>
#include <algorithm>
#include <utility>

namespace rest::ui {

namespace {

void drawIcon(const QString& name, const QColor& colour, QPainter* painter, const QRectF& target) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return;
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer(svg).render(painter, target);
}

class TintedEngine final : public QIconEngine {
  public:
    TintedEngine(QString name, QPalette::ColorRole role) : name_(std::move(name)), role_(role) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const bool off = mode == QIcon::Disabled;
        const auto group = off ? QPalette::Disabled : QPalette::Active;
        const auto role = off ? QPalette::WindowText : role_;
        const int side = std::min(rect.width(), rect.height());
        const QRectF square(rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0, side,
                            side);
        drawIcon(name_, QGuiApplication::palette().color(group, role), painter, square);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new TintedEngine(name_, role_); }

  private:
    QString name_;
    QPalette::ColorRole role_;
};

}  // namespace

QIcon icon(const QString& name, QPalette::ColorRole role) {
    return QIcon(new TintedEngine(name, role));
}

QPixmap iconPixmap(const QString& name, const QColor& colour, int size, qreal ratio) {
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.fill(Qt::transparent);
    pixmap.setDevicePixelRatio(ratio);
    QPainter painter(&pixmap);
    drawIcon(name, colour, &painter, QRectF(0, 0, size, size));
    return pixmap;
}

}  // namespace rest::ui
