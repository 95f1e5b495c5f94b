// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace rest::ui {

/// Makes the wheel scroll the page instead of changing the fields under the pointer, in every window of the program
/// while this object lives: one filter on the application, so that no page has to handle it.
///
/// Combo boxes, spin boxes (including those for dates and times), sliders and dials pass the wheel to their parent
/// unless they have the focus; a combo box always does, since it has its list for that and the next turn after a choice
/// is meant for the page. The wheel does not give them the focus either.
class WheelGuard : public QObject {
    Q_OBJECT

  public:
    explicit WheelGuard(QObject* parent = nullptr);

    /// Whether Qt would let the wheel change a value of this widget.
    static bool guards(const QObject* widget);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace rest::ui
