// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/rating_header.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/rating/progress_text.h"

namespace rest::ui {

RatingHeader::RatingHeader(QWidget* parent) : QWidget(parent), line_(mutedLabel()), bar_(new QProgressBar) {
    bar_->setTextVisible(false);
    bar_->setFixedWidth(220);
    bar_->setAccessibleName(tr("Progress"));
    auto* pause = button(tr("Pause  P"), QStringLiteral("pause"));
    pause->setFocusPolicy(Qt::TabFocus);
    pause->setToolTip(tr("Your answers are kept; go on whenever you like (P or Esc)"));
    connect(pause, &QPushButton::clicked, this, &RatingHeader::pauseRequested);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, gap);
    layout->setSpacing(gap);
    layout->addWidget(bar_);
    layout->addWidget(line_, 1);
    layout->addWidget(pause);
}

void RatingHeader::show(const study::RatingProgress& progress) {
    const qint64 done = progress.answered + progress.skipped;
    line_->setText(progressText(progress));
    bar_->setRange(0, static_cast<int>(std::max<qint64>(1, done + progress.left)));
    bar_->setValue(static_cast<int>(done));
}

}  // namespace rest::ui
