// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/margin_range.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {
constexpr double any = -0.001;  // stands for no bound: a margin is never below 0
constexpr int decimals = 3;
}  // namespace

/// Bars of the counts; those in the range strong. Pressing and drawing over some asks for their range.
class MarginBars final : public QWidget {
  public:
    explicit MarginBars(std::function<void(int first, int last)> chosen) : chosen_(std::move(chosen)) {
        setFixedHeight(44);
        setCursor(Qt::PointingHandCursor);
    }
    void setBars(const std::array<int64_t, gallery::kMarginBars>& bars) {
        bars_ = bars;
        update();
    }
    void setStrong(int first, int last) {
        first_ = first, last_ = last;
        update();
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        const Colours c = colours();
        QPainter painter(this);
        const int64_t most = std::max<int64_t>(1, *std::ranges::max_element(bars_));
        const double width = static_cast<double>(this->width()) / gallery::kMarginBars;
        for (int i = 0; i < gallery::kMarginBars; ++i) {
            const int64_t count = bars_[static_cast<size_t>(i)];
            const double height =
                count == 0
                    ? 1
                    : std::max(2.0, static_cast<double>(count) * (this->height() - 2) / static_cast<double>(most));
            const bool strong = i >= first_ && i <= last_;
            painter.fillRect(QRectF(i * width + 0.5, this->height() - height, width - 1.5, height), count == 0
                                                                                                        ? c.border
                                                                                                    : strong ? c.accent
                                                                                                             : c.muted);
        }
    }
    void mousePressEvent(QMouseEvent* event) override {
        pressed_ = barAt(event->position().x());
        chosen_(pressed_, pressed_);
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        const int here = barAt(event->position().x());
        if (event->buttons() & Qt::LeftButton) chosen_(std::min(here, pressed_), std::max(here, pressed_));
    }

  private:
    int barAt(double x) const {
        return std::clamp(static_cast<int>(x * gallery::kMarginBars / std::max(1, width())), 0,
                          gallery::kMarginBars - 1);
    }

    std::function<void(int, int)> chosen_;
    std::array<int64_t, gallery::kMarginBars> bars_{};
    int first_ = 0, last_ = gallery::kMarginBars - 1, pressed_ = 0;
};

MarginRange::MarginRange(QWidget* parent)
    : QWidget(parent),
      from_(new QDoubleSpinBox),
      to_(new QDoubleSpinBox),
      fields_(new QWidget),
      unknown_(new WrapLabel({}, "muted")),
      measure_(button(tr("Evaluate again"))) {
    bars_ = new MarginBars([this](int first, int last) {
        // Outwards to what the fields can hold, so that no clip of these bars is left out.
        const double part = largest_ / gallery::kMarginBars;
        setRange(first == 0 ? std::nullopt : std::optional(std::floor(first * part * 1000) / 1000),
                 last + 1 == gallery::kMarginBars ? std::nullopt
                                                  : std::optional(std::ceil((last + 1) * part * 1000) / 1000));
        Q_EMIT changed();
    });
    bars_->setToolTip(tr("How many clips have which margin; draw over some to see them alone"));
    for (QDoubleSpinBox* field : {from_, to_}) {
        field->setDecimals(decimals);
        field->setRange(any, 2);
        field->setSingleStep(0.005);
        field->setSpecialValueText(tr("any"));
        field->setValue(any);
        field->setButtonSymbols(QAbstractSpinBox::NoButtons);
        field->setKeyboardTracking(false);
        connect(field, &QDoubleSpinBox::valueChanged, this, [this] {
            setRange(from(), to());
            Q_EMIT changed();
        });
    }
    from_->setAccessibleName(tr("Margin from"));
    to_->setAccessibleName(tr("Margin to"));
    auto* row = new QHBoxLayout(fields_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(small_gap);
    row->addWidget(from_, 1);
    row->addWidget(mutedLabel(tr("to")));
    row->addWidget(to_, 1);
    measure_->setToolTip(tr("Reads the captions that are kept once more with CLIP; the figures stay as they are"));
    connect(measure_, &QPushButton::clicked, this, &MarginRange::measureRequested);
    auto* title = sectionTitle(tr("Margin"));
    title->setToolTip(tr("By how much the cosine of the class read leads the next one's"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(title);
    layout->addWidget(bars_);
    layout->addWidget(fields_);
    layout->addWidget(unknown_);
    layout->addWidget(measure_);
}

std::optional<double> MarginRange::from() const {
    return from_->value() <= any ? std::nullopt : std::optional(from_->value());
}

std::optional<double> MarginRange::to() const {
    return to_->value() <= any ? std::nullopt : std::optional(to_->value());
}

void MarginRange::setRange(std::optional<double> from, std::optional<double> to) {
    const QSignalBlocker quiet_from(from_), quiet_to(to_);
    from_->setValue(from.value_or(any));
    to_->setValue(to.value_or(any));
    const double part = largest_ / gallery::kMarginBars;
    if (part <= 0) return;
    bars_->setStrong(from ? static_cast<int>(*from / part + 0.01) : 0,
                     to ? static_cast<int>(*to / part - 0.01) : gallery::kMarginBars - 1);
}

void MarginRange::setCounts(const gallery::FacetCounts& counts, double largest) {
    largest_ = largest;
    bars_->setBars(counts.margins);
    setRange(from(), to());
    const bool known = largest > 0;
    bars_->setVisible(known);
    fields_->setVisible(known);
    unknown_->setVisible(counts.unknown_margins > 0 || !known);
    unknown_->setText(known ? tr("%1 clips without a margin").arg(countText(counts.unknown_margins))
                            : tr("Margins were not kept when this was measured."));
    measure_->setVisible(measurable_ && (counts.unknown_margins > 0 || !known));
}

void MarginRange::setMeasurable(bool able) {
    measurable_ = able;
}

}  // namespace rest::ui
