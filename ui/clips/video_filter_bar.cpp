// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clips/video_filter_bar.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

#include "ui/controls/basics.h"
#include "ui/look/icons.h"

namespace rest::ui {

VideoFilterBar::VideoFilterBar(QWidget* parent) : QWidget(parent), text_(new QLineEdit), part_(new QComboBox) {
    text_->setPlaceholderText(tr("Filter…"));
    text_->setToolTip(tr("Words that occur in the name, the class, the split or the problem (Ctrl+F)"));
    text_->setAccessibleName(tr("Filter videos"));
    text_->setClearButtonEnabled(true);
    text_->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    auto* find = new QAction(tr("Filter the videos"), this);
    find->setShortcut(QKeySequence::Find);
    find->setShortcutContext(Qt::WindowShortcut);
    connect(find, &QAction::triggered, this, [this] {
        text_->setFocus(Qt::ShortcutFocusReason);
        text_->selectAll();
    });
    addAction(find);
    part_->addItems({tr("All"), tr("Train"), tr("Val"), tr("Test"), tr("Problems")});
    part_->setAccessibleName(tr("Part of the data set"));
    part_->setToolTip(tr("Show one split only, or only what cannot be read"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(text_, 1);
    layout->addWidget(part_);
    wait_.setSingleShot(true);
    wait_.setInterval(120);
    connect(&wait_, &QTimer::timeout, this, &VideoFilterBar::changed);
    connect(text_, &QLineEdit::textChanged, &wait_, QOverload<>::of(&QTimer::start));
    connect(part_, &QComboBox::currentIndexChanged, this, &VideoFilterBar::changed);
}

VideoFilter VideoFilterBar::filter() const {
    VideoFilter filter;
    filter.text = text_->text();
    const int part = part_->currentIndex();
    if (part >= 1 && part <= 3) filter.split = static_cast<dataset::Split>(part - 1);
    filter.problems_only = part == 4;
    return filter;
}

void VideoFilterBar::setText(const QString& text) {
    text_->setText(text);
}

void VideoFilterBar::setFilter(const VideoFilter& filter) {
    text_->setText(filter.text);
    part_->setCurrentIndex(filter.problems_only ? 4 : filter.split ? 1 + static_cast<int>(*filter.split) : 0);
}

void VideoFilterBar::clear() {
    text_->clear();
    part_->setCurrentIndex(0);
}

}  // namespace rest::ui
