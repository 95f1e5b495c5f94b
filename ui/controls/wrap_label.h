// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace rest::ui {

/// A label of several lines that is never cut: layouts forget about height for width where it is aligned or nested, so
/// it asks for the height its text needs at the width it got.
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
