// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace rest::ui {

/// Lets the wheel scroll the page and not change the fields under the pointer, in every window of the program while
/// this lives: one filter on the application, so that no page has to think of it.
///
/// Combo boxes, spin boxes (dates and times are such), sliders and dials leave the wheel to what they lie in, unless
/// they have the focus; a combo box leaves it always, since its list is there for that and the next turn after a choice
/// is meant for the page. The wheel does not give them the focus either.
class WheelGuard : public QObject {
    Q_OBJECT

  public:
    explicit WheelGuard(QObject* parent = nullptr);

    /// Whether the wheel would change a value of this widget if Qt were asked.
    static bool guards(const QObject* widget);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace rest::ui
