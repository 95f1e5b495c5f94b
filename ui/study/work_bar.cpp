// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/work_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>

#include "ui/controls/basics.h"
#include "ui/look/format.h"
#include "ui/study/study_work.h"

namespace rest::ui {

WorkBar::WorkBar(StudyWork& work, QWidget* parent)
    : QFrame(parent),
      work_(work),
      title_(new QLabel),
      figures_(mutedLabel()),
      bar_(new QProgressBar),
      cancel_(button(tr("Cancel"), QStringLiteral("cancel"))) {
    setProperty("card", true);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("Progress"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 10, 8);
    layout->setSpacing(gap);
    layout->addWidget(title_);
    layout->addWidget(bar_, 1);
    layout->addWidget(figures_);
    layout->addWidget(cancel_);
    connect(cancel_, &QPushButton::clicked, this, [this] {
        cancel_->setEnabled(false);
        work_.cancel();
    });
    connect(&work_, &StudyWork::changed, this, &WorkBar::refresh);
    refresh();
}

void WorkBar::refresh() {
    setVisible(work_.running());
    if (!work_.running()) return cancel_->setEnabled(true);
    const Progress& p = work_.progress();
    title_->setText(work_.title());
    bar_->setRange(0, static_cast<int>(p.total));  // total unknown: busy indicator
    bar_->setValue(static_cast<int>(p.done));
    figures_->setText(p.total > 0 ? tr("%1 of %2 %3").arg(countText(p.done), countText(p.total), text(p.unit))
                                  : QString());
}

}  // namespace rest::ui
