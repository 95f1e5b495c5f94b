// SPDX-License-Identifier: GPL-3.0-or-later
// How a figure is laid out and drawn.
#include <QApplication>
#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <memory>

#include "ui/captions/figure.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {

constexpr int page_width = 960, margin = 20, between_frames = 6, between_rows = 22, line_gap = 4;
constexpr int frames_in_row = 5;

QString said(const char* source) {
    return QCoreApplication::translate("Figure", source);
}

/// A text at its place.
struct PlacedText {
    QRect place;
    QString words;
    QFont font;
    bool muted = false;
};
struct PlacedFrame {
    QRect place;
    QImage image;
};
struct Placed {
    QSize size;
    QList<PlacedText> texts;
    QList<PlacedFrame> frames;
};

class Setter {
  public:
    Setter() : plain_(QApplication::font()), strong_(plain_), small_(plain_) {
        strong_.setBold(true);
        small_.setPointSizeF(small_.pointSizeF() * 0.9);
    }

    void addRow(const FigureRow& row, bool truth) {
        addFrames(row);
        addText(row.name, small_, true);
        for (const auto& [label, caption] : row.lines) addLine(label, QStringLiteral("“%1”").arg(caption));
        if (row.lines.isEmpty()) addText(said("No captions of this run"), plain_, true);
        if (truth && !row.truth.isEmpty()) addLine(said("Ground truth action (not used)"), row.truth);
        if (!row.cause.isEmpty()) addLine(said("Failure case"), row.cause);
        y_ += between_rows;
    }

    Placed finish(const QString& caption) {
        addText(caption, small_, true);
        placed_.size = QSize(page_width, y_ + margin);
        return std::move(placed_);
    }

  private:
    static int room() { return page_width - 2 * margin; }

    void addFrames(const FigureRow& row) {
        if (row.frames.isEmpty()) return addText(row.problem, plain_, true);
        const int width = (room() - (frames_in_row - 1) * between_frames) / frames_in_row;
        int height = 0;
        for (int i = 0; i < row.frames.size(); ++i) {
            const QSize size = row.frames[i].size().scaled(width, width * 4 / 3, Qt::KeepAspectRatio);
            const QRect place(QPoint(margin + i * (width + between_frames) + (width - size.width()) / 2, y_), size);
            placed_.frames << PlacedFrame{place, row.frames[i]};
            height = std::max(height, size.height());
        }
        y_ += height + line_gap;
    }

    int addAt(int x, int width, const QString& words, const QFont& font, bool muted) {
        const QRect needed = QFontMetrics(font).boundingRect(QRect(0, 0, width, 100000), Qt::TextWordWrap, words);
        placed_.texts << PlacedText{QRect(x, y_, width, needed.height()), words, font, muted};
        return needed.height();
    }
    void addText(const QString& words, const QFont& font, bool muted) {
        if (!words.isEmpty()) y_ += addAt(margin, room(), words, font, muted) + line_gap;
    }
    void addLine(const QString& label, const QString& words) {
        const QString head = label + QStringLiteral(":");
        const int width = QFontMetrics(strong_).horizontalAdvance(head) + 8;
        const int height = addAt(margin, width, head, strong_, false);
        y_ += std::max(height, addAt(margin + width, room() - width, words, plain_, false)) + line_gap;
    }

    QFont plain_, strong_, small_;
    Placed placed_;
    int y_ = margin;
};

}  // namespace

Picture figurePicture(const Figure& figure) {
    Setter setter;
    for (const FigureRow& row : figure.rows) setter.addRow(row, figure.truth_shown);
    const auto placed = std::make_shared<const Placed>(setter.finish(figure.caption));
    return {placed->size, [placed](QPainter& painter) {
                const Colours c = colours();
                painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
                for (const PlacedFrame& frame : placed->frames) painter.drawImage(frame.place, frame.image);
                for (const PlacedText& one : placed->texts) {
                    painter.setFont(one.font);
                    painter.setPen(one.muted ? c.muted : c.text);
                    painter.drawText(one.place, Qt::TextWordWrap, one.words);
                }
            }};
}

}  // namespace rest::ui
