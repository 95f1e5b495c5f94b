// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QWidget>

namespace rest::ui {

/// The sampled frames as small pictures: all that the models see of a clip. Click one to go to it.
class SampleStrip : public QWidget {
    Q_OBJECT

  public:
    explicit SampleStrip(QWidget* parent = nullptr);
    void setSamples(const QList<qint64>& frames);
    void setImage(int sample, const QImage& image);
    void setFrame(qint64 frame);  // that the player shows

  Q_SIGNALS:
    void sampleRequested(int sample);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

  private:
    int heightFor(int width) const;
    QSize cell(int width) const;
    QRect place(int sample) const;
    int sampleAt(const QPoint& position) const;

    QList<qint64> frames_;
    QList<QImage> images_;
    qint64 frame_ = -1;
};

}  // namespace rest::ui
