// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QThread>
#include <QTimer>
#include <QWidget>

namespace rest::ui {

class FrameDecoder;

/// A clip that plays in a loop at its own pace, small and without controls: over a thumbnail, while it is pointed at.
/// Lets the mouse through to what lies below. Nothing is decoded before the first play().
class ClipPreview : public QWidget {
    Q_OBJECT

  public:
    explicit ClipPreview(QWidget* parent = nullptr);
    ~ClipPreview() override;
    /// Shows itself with the first frame; a clip that cannot be read shows nothing.
    void play(const QString& path);
    void stop();
    const QString& playing() const { return path_; }
    qint64 frame() const { return shown_; }  // -1 before the first

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void begin();
    void decode(qint64 frame);

    QThread thread_;
    FrameDecoder* decoder_ = nullptr;  // lives on thread_, deleted when it ends
    int ticket_ = 0;
    QString path_;
    QList<double> times_;
    double frames_per_second_ = 0;
    qint64 shown_ = -1;
    QImage image_;
    QTimer next_;
};

}  // namespace rest::ui
