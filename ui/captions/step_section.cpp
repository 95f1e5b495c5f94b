// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/step_section.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/captions/caption_card.h"
#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {

constexpr size_t said_at_first = 3;  // first captions are two dozen; what was not chosen is asked for

/// "frames 0, 2–4": runs of three and more are drawn together.
QString framesText(const std::vector<int>& frames) {
    QStringList parts;
    for (size_t i = 0; i < frames.size();) {
        size_t end = i + 1;
        while (end < frames.size() && frames[end] == frames[end - 1] + 1) ++end;
        const bool range = end - i > 2;
        if (range) {
            parts << QStringLiteral("%1–%2").arg(frames[i]).arg(frames[end - 1]);
        } else {
            for (size_t k = i; k < end; ++k) parts << QString::number(frames[k]);
        }
        i = end;
    }
    return parts.join(QStringLiteral(", "));
}

}  // namespace

StepSection::StepSection(const EvolutionStep& step, QWidget* parent)
    : QWidget(parent), step_(step), fingerprint_(step.fingerprint()), layout_(new QVBoxLayout(this)) {
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(small_gap);
    addTitle();
    addSaid();
    addKept();
    addGivenUp();
    layout_->addStretch(1);
}

void StepSection::addTitle() {
    title_ = sectionTitle(step_.step == 0 ? tr("Step 0 · first captions") : tr("Step %1").arg(step_.step));
    title_->setToolTip(
        step_.step == 0 ? tr("Lines 1 to 4 of Algorithm 1: BLIP's captions of every frame, and the best of those of "
                             "similar videos")
                        : tr("Lines 10 to 13 of Algorithm 1: a new caption, and the best of those of similar videos"));
    const auto retrieved = std::ranges::count_if(
        step_.kept, [](const KeptCaption& kept) { return kept.caption.origin == store::CaptionOrigin::retrieved; });
    const auto fresh = std::ranges::count_if(step_.kept, &KeptCaption::fresh);
    QStringList parts{tr("%1 kept").arg(step_.kept.size()), tr("%1 retrieved").arg(retrieved)};
    if (step_.step > 0) parts << (fresh == 0 ? tr("none new") : tr("%1 new").arg(fresh));
    // Below the title: beside it there is no room where steps stand side by side.
    layout_->addWidget(title_);
    layout_->addWidget(new WrapLabel(parts.join(QStringLiteral(" · ")), "muted"));
}

QWidget* StepSection::makeSaid(const SaidCaption& said) {
    const bool chosen = said.place >= 0;
    const QString mark = chosen ? QStringLiteral("✓ ") : QStringLiteral("– ");
    QString line = mark + QStringLiteral("“%1”").arg(text(said.text).toHtmlEscaped());
    QStringList notes;
    if (!said.frames.empty()) {
        notes << QStringLiteral("<a href=\"frame:%1\">%2</a>")
                     .arg(said.frames.front())
                     .arg(said.frames.size() == 1 ? tr("frame %1").arg(said.frames.front())
                                                  : tr("frames %1").arg(framesText(said.frames)));
    }
    notes << (chosen ? tr("chosen, place %1").arg(said.place + 1) : tr("not chosen"));
    line += QStringLiteral(" · ") + notes.join(QStringLiteral(" · "));
    auto* label = new WrapLabel(line, "muted");
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    label->setToolTip(tr("Said of this video by %1, %n time(s)", nullptr, said.times).arg(text(said.model)));
    connect(label, &QLabel::linkActivated, this,
            [this](const QString& link) { Q_EMIT sampleRequested(link.section(QChar(':'), 1).toInt()); });
    return label;
}

void StepSection::addSaid() {
    if (step_.said.empty()) return;
    int all = 0;
    for (const SaidCaption& said : step_.said) all += said.times;
    layout_->addWidget(new WrapLabel(step_.step == 0
                                         ? tr("BLIP said %1 captions, %2 different:").arg(all).arg(step_.said.size())
                                         : tr("The model said of the whole clip:"),
                                     "muted"));
    auto* rest = new QWidget;
    rest->setObjectName(QStringLiteral("clear"));
    auto* below = new QVBoxLayout(rest);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(small_gap);
    for (size_t i = 0; i < step_.said.size(); ++i) {
        (i < said_at_first ? layout_ : below)->addWidget(makeSaid(step_.said[i]));
    }
    if (step_.said.size() <= said_at_first) {
        delete rest;
        return;
    }
    rest->hide();
    auto* more = button(tr("%n more", nullptr, static_cast<int>(step_.said.size() - said_at_first)));
    more->setProperty("quiet", true);
    more->setToolTip(tr("Show everything that was said of this video"));
    connect(more, &QPushButton::clicked, this, [more, rest] {
        rest->show();
        more->hide();
    });
    layout_->addWidget(rest);
    layout_->addWidget(more, 0, Qt::AlignLeft);
}

void StepSection::addKept() {
    const double best = step_.kept.empty() ? 0 : step_.kept.front().caption.clip_score;
    for (const KeptCaption& kept : step_.kept) {
        auto* made = new CaptionCard(kept, best);
        // Queued: the card is gone when the video changes.
        connect(made, &CaptionCard::videoRequested, this, &StepSection::videoRequested, Qt::QueuedConnection);
        connect(made, &CaptionCard::sampleRequested, this, &StepSection::sampleRequested);
        cards_ << made;
        layout_->addWidget(made);
    }
}

void StepSection::addGivenUp() {
    if (step_.given_up.empty()) return;
    layout_->addWidget(new WrapLabel(tr("No longer in the list:"), "muted"));
    for (const store::CaptionRecord& one : step_.given_up) {
        auto* label = new WrapLabel(QStringLiteral("<s>%1</s>").arg(text(one.text).toHtmlEscaped()), "muted");
        label->setTextFormat(Qt::RichText);
        label->setAccessibleName(tr("No longer in the list: %1").arg(text(one.text)));
        layout_->addWidget(label);
    }
}

void StepSection::setStrong(bool strong) {
    QFont bold = title_->font();
    bold.setUnderline(strong);
    title_->setFont(bold);
}

}  // namespace rest::ui
