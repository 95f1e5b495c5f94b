// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSize>
#include <QTextObjectInterface>
#include <functional>

namespace rest::ui {

/// A drawing in a text document that stays a vector graphic in print, where an image would show its pixels.
class DrawnObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

  public:
    /// `paint` draws into `canvas`; the document shows it `width` inches wide.
    DrawnObject(QSize canvas, double width, std::function<void(QPainter&)> paint);
    /// Inserts it at the cursor; it must outlive the last time the document is drawn.
    void insert(QTextCursor& cursor);

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int position,
                    const QTextFormat& format) override;

  private:
    QSize canvas_;
    double width_;
    std::function<void(QPainter&)> paint_;
};

}  // namespace rest::ui
