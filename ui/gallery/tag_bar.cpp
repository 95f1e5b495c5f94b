// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/tag_bar.h"

#include <QEvent>
#include <QToolButton>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/controls/flow_layout.h"
#include "ui/gallery/clip_book.h"
#include "ui/gallery/tag_colours.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {

constexpr int keyed_tags = 9;
}  // namespace

TagBar::TagBar(ClipBook& book, QWidget* parent) : QWidget(parent), book_(book), flow_(new FlowLayout(this)) {
    flow_->setSpacing(small_gap);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&book_, &ClipBook::marksChanged, this, &TagBar::fill);
    connect(&book_, &ClipBook::tableChanged, this, &TagBar::fill);
    connect(&book_, &ClipBook::filtered, this, &TagBar::refresh);
    fill();
}

void TagBar::fill() {
    if (tags_ != book_.marks()->tags || buttons_.empty()) {
        while (QLayoutItem* item = flow_->takeAt(0)) {
            if (item->widget()) item->widget()->deleteLater();
            delete item;
        }
        buttons_.clear();
        tags_ = book_.marks()->tags;
        for (const store::Tag& tag : tags_) {
            auto* made = new QToolButton;
            made->setProperty("chip", true);
            made->setCheckable(true);
            made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            made->setIcon(tagDot(tag.colour, devicePixelRatioF()));
            made->setIconSize(QSize(12, 12));
            made->setFocusPolicy(Qt::TabFocus);
            connect(made, &QToolButton::clicked, this, [this, id = tag.id] {
                refresh();  // its tick tells what is, not what was pressed
                Q_EMIT tagPressed(id);
            });
            flow_->addWidget(made);
            buttons_.push_back(made);
        }
        auto* edit = new QToolButton;
        edit->setText(tr("Edit…"));
        edit->setAccessibleName(tr("Edit tags"));
        edit->setProperty("chip", true);
        edit->setFocusPolicy(Qt::TabFocus);
        edit->setToolTip(tr("Add, rename, colour, order and remove tags"));
        connect(edit, &QToolButton::clicked, this, &TagBar::editRequested);
        flow_->addWidget(edit);
    }
    refresh();
}

void TagBar::setChosen(std::vector<int> table_rows) {
    chosen_ = std::move(table_rows);
    refresh();
}

void TagBar::refresh() {
    const gallery::Marks& marks = *book_.marks();
    const auto& counts = book_.shown()->counts.tags;
    for (size_t i = 0; i < buttons_.size() && i < marks.tags.size(); ++i) {
        const bool on = !chosen_.empty() && std::ranges::all_of(chosen_, [&](int row) {
            return row < std::ssize(marks.marks) && (marks.marks[static_cast<size_t>(row)].tags >> i & 1) != 0;
        });
        const QString name = text(marks.tags[i].name);
        const qint64 count = i < counts.size() ? counts[i] : 0;
        const QString key = i < keyed_tags ? QString::number(i + 1) : QString();
        QToolButton* made = buttons_[i];
        made->setChecked(on);
        made->setEnabled(!chosen_.empty());
        QString label = name;
        label.replace(QChar('&'), QStringLiteral("&&"));
        made->setText((key.isEmpty() ? QString() : key + QStringLiteral(" ")) + label +
                      QStringLiteral(" %1").arg(countText(count)));
        made->setAccessibleName(tr("Tag %1").arg(name));
        made->setToolTip(key.isEmpty()
                             ? tr("%1: %2 of the clips shown have it").arg(name, countText(count))
                             : tr("%1 (key %2): %3 of the clips shown have it").arg(name, key, countText(count)));
    }
    updateGeometry();
}

}  // namespace rest::ui
