// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace rest::ui {

/// Where the player is, and the frames that the models see as numbered marks. Click or drag to seek.
class Timeline : public QWidget {
    Q_OBJECT

  public:
    explicit Timeline(QWidget* parent = nullptr);
    void setClip(qint64 frames, const QList<qint64>& marks);
    void setFrame(qint64 frame);
    /// Draws one mark stronger, -1 none: the frame that a caption was made from.
    void setStrongMark(int mark);
    QSize sizeHint() const override;

  Q_SIGNALS:
    void seekRequested(qint64 frame);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

  private:
    double xOf(qint64 frame) const;
    void seekTo(double x);
    int markNear(double x) const;

    qint64 frames_ = 0;
    qint64 frame_ = 0;
    QList<qint64> marks_;
    int strong_ = -1;
};

}  // namespace rest::ui
