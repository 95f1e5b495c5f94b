// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QWidget>

class QPainter;

namespace rest::ui {

/// The sampled frames as small pictures: all that the models see of a clip. Click one to go to it, or choose it with
/// the arrow keys.
class SampleStrip : public QWidget {
    Q_OBJECT

  public:
    explicit SampleStrip(QWidget* parent = nullptr);
    void setSamples(const QList<qint64>& frames);
    void setImage(int sample, const QImage& image);
    void setFrame(qint64 frame);  // that the player shows
    /// Pictures that are square and shown whole; `tip` has %1 for the sample and %2 for its frame.
    void setSquare(const QString& tip);
    /// In place of pictures; empty for none.
    void setText(const QString& text);
    const QString& text() const { return text_; }
    const QImage& image(int sample) const { return images_.at(sample); }
    int samples() const { return static_cast<int>(frames_.size()); }

  Q_SIGNALS:
    void sampleRequested(int sample);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

  private:
    int heightFor(int width) const;
    QSize cell(int width) const;
    QRect place(int sample) const;
    int sampleAt(const QPoint& position) const;
    void paintSample(QPainter& painter, int sample) const;

    QList<qint64> frames_;
    QList<QImage> images_;
    qint64 frame_ = -1;
    bool square_ = false;
    QString tip_;
    QString text_;
};

}  // namespace rest::ui
