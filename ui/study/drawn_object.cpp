// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/drawn_object.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextCursor>
#include <QTextDocument>

namespace rest::ui {

namespace {
constexpr int object_type = QTextFormat::UserObject + 1;
constexpr double screen_dots = 96;
}  // namespace

DrawnObject::DrawnObject(QSize canvas, double width, std::function<void(QPainter&)> paint)
    : canvas_(canvas), width_(width), paint_(std::move(paint)) {}

void DrawnObject::insert(QTextCursor& cursor) {
    cursor.document()->documentLayout()->registerHandler(object_type, this);
    QTextCharFormat format;
    format.setObjectType(object_type);
    cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
}

QSizeF DrawnObject::intrinsicSize(QTextDocument* document, int, const QTextFormat&) {
    const QPaintDevice* device = document->documentLayout()->paintDevice();
    const double width = width_ * (device ? device->logicalDpiX() : screen_dots);
    return {width, width * canvas_.height() / canvas_.width()};
}

void DrawnObject::drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int, const QTextFormat&) {
    painter->save();
    painter->translate(rect.topLeft());
    painter->scale(rect.width() / canvas_.width(), rect.height() / canvas_.height());
    paint_(*painter);
    painter->restore();
}

}  // namespace rest::ui
