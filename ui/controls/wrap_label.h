// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace rest::ui {

/// A label of several lines that is never cut: layouts ignore height-for-width of aligned or nested widgets, so it
/// requests the height that its text needs at the current width.
class WrapLabel : public QLabel {
    Q_OBJECT

  public:
    explicit WrapLabel(const QString& text = {}, const char* tone = "");
    void setText(const QString& text);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void fit();
};

}  // namespace rest::ui
