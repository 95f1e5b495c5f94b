// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/evolution_panel.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/captions/step_section.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/wrap_label.h"

namespace rest::ui {

namespace {
constexpr int narrowest_column = 250;
}

EvolutionPanel::EvolutionPanel(QWidget* parent)
    : QWidget(parent),
      line_(new QBoxLayout(QBoxLayout::TopToBottom)),
      truth_(new WrapLabel),
      note_(new WrapLabel({}, "muted")),
      empty_(new EmptyState(QStringLiteral("captions"), {}, {})) {
    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, small_gap, 0);
    column->setSpacing(gap);
    line_->setSpacing(page_margin);
    column->addLayout(line_);
    column->addWidget(note_);
    column->addWidget(truth_);
    column->addStretch(1);
    truth_->setTextFormat(Qt::PlainText);
    scroll_ = scrolled(inside);
    scroll_->setAccessibleName(tr("Captions step by step"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->addWidget(scroll_, 1);
    layout->addWidget(empty_, 1);
    setTruth({});
    setSteps({}, true);
}

void EvolutionPanel::setEmptyTexts(const QString& title, const QString& text) {
    empty_->setTexts(title, text);
}

void EvolutionPanel::setSourceOf(SourceOf source_of) {
    source_of_ = std::move(source_of);
}

void EvolutionPanel::setTruth(const QString& text) {
    truth_->setText(text);
    truth_->setVisible(!text.isEmpty());
}

void EvolutionPanel::setSideBySide(bool on) {
    line_->setDirection(on ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    scroll_->setHorizontalScrollBarPolicy(on ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    for (StepSection* section : sections_) section->setMinimumWidth(on ? narrowest_column : 0);
}

int EvolutionPanel::step() const {
    if (asked_ >= 0) return asked_;
    return steps_.empty() ? -1 : steps_.back().step;
}

StepSection* EvolutionPanel::makeSection(const EvolutionStep& step) {
    auto* section = new StepSection(step);
    connect(section, &StepSection::videoRequested, this, &EvolutionPanel::videoRequested);
    connect(section, &StepSection::sampleRequested, this, &EvolutionPanel::sampleRequested);
    section->setMinimumWidth(line_->direction() == QBoxLayout::LeftToRight ? narrowest_column : 0);
    return section;
}

void EvolutionPanel::setSteps(std::vector<EvolutionStep> steps, bool anew) {
    steps_ = std::move(steps);
    if (anew) asked_ = -1;
    qsizetype same = 0;
    const auto count = static_cast<qsizetype>(steps_.size());
    while (!anew && same < sections_.size() && same < count &&
           sections_[same]->fingerprint() == steps_[static_cast<size_t>(same)].fingerprint()) {
        ++same;
    }
    while (sections_.size() > same) delete sections_.takeLast();
    for (qsizetype i = same; i < count; ++i) {
        sections_ << makeSection(steps_[static_cast<size_t>(i)]);
        line_->addWidget(sections_.back(), 1);
    }
    updateSources();
    note_->setText(count == 1 ? tr("One step so far: how the captions change shows from the second on.") : QString());
    note_->setVisible(count == 1);
    scroll_->setVisible(count > 0);
    empty_->setVisible(count == 0);
    if (anew) scrollTo({});
}

QList<store::VideoId> EvolutionPanel::sources() const {
    QList<store::VideoId> out;
    for (const EvolutionStep& step : steps_) {
        for (const KeptCaption& kept : step.kept) {
            if (kept.caption.origin == store::CaptionOrigin::retrieved && !out.contains(kept.caption.source_video))
                out << kept.caption.source_video;
        }
    }
    return out;
}

void EvolutionPanel::updateSources(const QList<store::VideoId>& videos) {
    if (!source_of_) return;
    for (StepSection* section : sections_) {
        for (CaptionCard* made : section->cards()) {
            const store::VideoId source = made->caption().source_video;
            if (made->caption().origin != store::CaptionOrigin::retrieved) continue;
            if (videos.isEmpty() || videos.contains(source)) made->setSource(source_of_(source));
        }
    }
}

void EvolutionPanel::showStep(int step) {
    for (StepSection* section : sections_) {
        section->setStrong(section->step() == step);
        if (section->step() != step) continue;
        asked_ = step;
        // The sections get their places with the next layout.
        QTimer::singleShot(0, section, [this, section] {
            const QPoint place = section->mapTo(scroll_->widget(), QPoint());
            scrollTo(place);
        });
    }
}

QPoint EvolutionPanel::scrollPosition() const {
    return {scroll_->horizontalScrollBar()->value(), scroll_->verticalScrollBar()->value()};
}

void EvolutionPanel::scrollTo(QPoint position) {
    scroll_->horizontalScrollBar()->setValue(position.x());
    scroll_->verticalScrollBar()->setValue(position.y());
}

}  // namespace rest::ui
