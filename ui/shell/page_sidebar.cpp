// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_sidebar.h"

#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include "ui/look/icons.h"

namespace rest::ui {

PageSidebar::PageSidebar(QWidget* parent) : QWidget(parent), list_(new QListWidget), world_mark_(new QLabel) {
    setFixedWidth(168);
    setObjectName(QStringLiteral("side"));
    setAttribute(Qt::WA_StyledBackground);
    list_->setObjectName(QStringLiteral("sidebar"));
    list_->setAccessibleName(tr("Pages"));
    list_->setIconSize(QSize(20, 20));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const struct {
        const char* icon;
        QString name;
        QString tip;
    } entries[] = {{"dataset", tr("Dataset"), tr("The project's videos (Ctrl+1)")},
                   {"train", tr("Train"), tr("Settings, runs and curves (Ctrl+2)")},
                   {"captions", tr("Captions"), tr("Every video's captions, step by step (Ctrl+3)")},
                   {"reports", tr("Reports"), tr("What was measured, and how captions are read (Ctrl+4)")},
                   {"study", tr("Study"), tr("People judge the captions (Ctrl+5)")},
                   {"models", tr("Models"), tr("Get published models, and see which are here (Ctrl+6)")}};
    for (const auto& entry : entries) {
        auto* item = new QListWidgetItem(icon(QString::fromLatin1(entry.icon)), entry.name, list_);
        item->setToolTip(entry.tip);
        item->setSizeHint(
            QSize(0, fontMetrics().height() + 26));  // the style sheet's padding is applied after the first layout
    }
    world_mark_->setObjectName(QStringLiteral("worldMark"));
    world_mark_->setWordWrap(true);
    world_mark_->setText(tr("<b>Demo world</b><br>drawn videos, tiny models"));
    world_mark_->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(list_, 1);
    layout->addWidget(world_mark_);
    connect(list_, &QListWidget::currentRowChanged, this, &PageSidebar::pageChanged);
}

int PageSidebar::page() const {
    return list_->currentRow();
}
void PageSidebar::setPage(int page) {
    list_->setCurrentRow(page);
}
void PageSidebar::allowOnly(int page) {
    for (int row = 0; row < list_->count(); ++row) {
        const bool allowed = page < 0 || row == page;
        list_->item(row)->setFlags(allowed ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags);
    }
}
void PageSidebar::markDemo(bool on) {
    world_mark_->setVisible(on);
}

}  // namespace rest::ui
