// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/step_panel.h"

#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "core/base/strings.h"
#include "ui/captions/caption_card.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/wrap_label.h"

namespace rest::ui {

StepPanel::StepPanel(QWidget* parent)
    : QWidget(parent),
      top_(new QWidget),
      slider_(new QSlider(Qt::Horizontal)),
      title_(sectionTitle({})),
      ticks_(new WrapLabel({}, "muted")),
      cards_(new QVBoxLayout),
      empty_(new EmptyState(QStringLiteral("captions"), {}, {})) {
    slider_->setPageStep(1);
    slider_->setTickPosition(QSlider::TicksBelow);
    slider_->setTickInterval(1);
    slider_->setAccessibleName(tr("Retrieval step"));
    slider_->setToolTip(tr("Walk through the retrieval steps (arrow keys)"));
    auto* top = new QVBoxLayout(top_);
    top->setContentsMargins(0, 0, 0, 0);
    top->setSpacing(4);
    top->addWidget(title_);
    top->addWidget(ticks_);
    top->addWidget(slider_);

    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    inside->setLayout(cards_);
    cards_->setContentsMargins(0, 0, small_gap, 0);
    cards_->setSpacing(8);
    scroll_ = scrolled(inside);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(top_);
    layout->addWidget(scroll_, 1);
    layout->addWidget(empty_, 1);
    connect(slider_, &QSlider::valueChanged, this, [this](int step) {
        fill();
        Q_EMIT stepShown(step);
    });
    fill();
}

void StepPanel::setEmptyTexts(const QString& title, const QString& text) {
    empty_->setTexts(title, text);
}

int StepPanel::steps() const {
    return captions_.empty() ? 0 : captions_.back().step + 1;
}
int StepPanel::step() const {
    return slider_->value();
}
void StepPanel::showStep(int step) {
    slider_->setValue(step);
}

void StepPanel::setCaptions(std::vector<store::CaptionRecord> captions,
                            std::function<QString(store::VideoId)> name_of) {
    const bool at_newest = steps() == 0 || step() == steps() - 1;
    captions_ = std::move(captions);
    std::ranges::stable_sort(captions_, {}, &store::CaptionRecord::step);
    name_of_ = std::move(name_of);
    const QSignalBlocker quiet(slider_);
    slider_->setRange(0, std::max(0, steps() - 1));
    if (at_newest) slider_->setValue(steps() - 1);
    fill();
}

std::vector<const store::CaptionRecord*> StepPanel::listOf(int step) const {
    std::vector<const store::CaptionRecord*> list;
    for (const store::CaptionRecord& caption : captions_) {
        if (caption.step == step) list.push_back(&caption);
    }
    std::ranges::sort(list, {}, &store::CaptionRecord::rank);
    return list;
}

void StepPanel::fill() {
    while (QLayoutItem* item = cards_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const bool none = captions_.empty();
    top_->setVisible(!none);
    scroll_->setVisible(!none);
    empty_->setVisible(none);
    if (none) return;
    title_->setText(step() == 0 ? tr("Step 0: first captions, retrieved once")
                                : tr("Step %1 of %2").arg(step()).arg(steps() - 1));
    slider_->setVisible(steps() > 1);
    std::set<std::string> before;
    for (const store::CaptionRecord* caption : listOf(step() - 1)) before.insert(caption_key(caption->text));
    const auto list = listOf(step());
    int fresh = 0;
    for (const store::CaptionRecord* caption : list) {
        CaptionCard::Content content;
        content.caption = *caption;
        content.source_name = name_of_ ? name_of_(caption->source_video) : QString();
        content.is_new = step() > 0 && !before.contains(caption_key(caption->text));
        content.best_score = list.front()->clip_score;
        fresh += content.is_new ? 1 : 0;
        auto* made = new CaptionCard(content);
        connect(made, &CaptionCard::videoRequested, this, &StepPanel::videoRequested, Qt::QueuedConnection);
        connect(made, &CaptionCard::sampleRequested, this, &StepPanel::sampleRequested);
        cards_->addWidget(made);
    }
    cards_->addStretch(1);
    const QString change = step() == 0  ? QString()
                           : fresh == 0 ? tr(" · same as the step before")
                                        : tr(" · %1 new").arg(fresh);
    ticks_->setText(tr("%1 captions kept, best CLIP score first").arg(list.size()) + change);
}

}  // namespace rest::ui
