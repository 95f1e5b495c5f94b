// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/session/video_table.h"

class QComboBox;
class QLineEdit;

namespace rest::ui {

/// A box for words and a combo for splits and problems. The filter is applied once typing pauses.
class VideoFilterBar : public QWidget {
    Q_OBJECT

  public:
    explicit VideoFilterBar(QWidget* parent = nullptr);
    VideoFilter filter() const;
    void setText(const QString& text);
    void setFilter(const VideoFilter& filter);
    void clear();

  Q_SIGNALS:
    void changed();

  private:
    QLineEdit* text_;
    QComboBox* part_;
    QTimer wait_;
};

}  // namespace rest::ui
