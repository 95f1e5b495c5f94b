// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace rest::ui {

/// One picture, as large as fits, or a line of text in its place.
class FrameView : public QWidget {
    Q_OBJECT

  public:
    explicit FrameView(QWidget* parent = nullptr);
    void setImage(const QImage& image);
    void setText(const QString& text);
    const QImage& image() const { return image_; }

  Q_SIGNALS:
    void clicked();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

  private:
    QImage image_;
    QString text_;
};

}  // namespace rest::ui
