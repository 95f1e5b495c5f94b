// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/gallery/filtered_clips.h"

class QDoubleSpinBox;
class QPushButton;

namespace rest::ui {

class MarginBars;
class WrapLabel;

/// The margins of the clips as bars, and the range that is asked for: typed, or drawn over the bars.
class MarginRange : public QWidget {
    Q_OBJECT

  public:
    explicit MarginRange(QWidget* parent = nullptr);
    void setCounts(const gallery::FacetCounts& counts, double largest);
    std::optional<double> from() const;
    std::optional<double> to() const;
    void setRange(std::optional<double> from, std::optional<double> to);
    /// `able`: the margins can be had by evaluating again.
    void setMeasurable(bool able);

  Q_SIGNALS:
    void changed();
    void measureRequested();

  private:
    MarginBars* bars_;
    QDoubleSpinBox* from_;
    QDoubleSpinBox* to_;
    QWidget* fields_;
    WrapLabel* unknown_;
    QPushButton* measure_;
    double largest_ = 0;
    bool measurable_ = false;
};

}  // namespace rest::ui
