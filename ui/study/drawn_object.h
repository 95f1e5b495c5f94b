// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSize>
#include <QTextObjectInterface>
#include <functional>

namespace rest::ui {

/// A drawing in a text document that stays a drawing in print, where an image would turn to squares.
class DrawnObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

  public:
    /// `paint` draws into `canvas`; the document shows it `width` inches wide.
    DrawnObject(QSize canvas, double width, std::function<void(QPainter&)> paint);
    /// Puts it at the cursor; it must outlive the document's last drawing.
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
