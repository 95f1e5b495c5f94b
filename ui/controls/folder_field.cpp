// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/folder_field.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>

#include "ui/controls/basics.h"

namespace rest::ui {

FolderField::FolderField(const QString& label, const QString& placeholder, const QString& help, QWidget* parent)
    : QWidget(parent),
      line_(new QLineEdit),
      offer_(toolButton(QStringLiteral("list"), tr("Choose a model…"))),
      offers_(new QMenu(this)),
      label_(label) {
    auto* name = new QLabel(label);
    name->setBuddy(line_);
    line_->setPlaceholderText(placeholder);
    line_->setAccessibleName(label);
    line_->setClearButtonEnabled(true);
    setToolTip(help);
    auto* pick = toolButton(QStringLiteral("folder"), tr("Pick a folder…"));
    connect(pick, &QToolButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, label_, line_->text());
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
            line_->setText(path);
            finish();
        });
        dialog->open();
    });
    connect(line_, &QLineEdit::editingFinished, this, &FolderField::finish);
    offer_->setMenu(offers_);
    offer_->setPopupMode(QToolButton::InstantPopup);
    offer_->hide();
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(small_gap);
    layout->setVerticalSpacing(2);
    layout->addWidget(name, 0, 0, 1, 3);
    layout->addWidget(line_, 1, 0);
    layout->addWidget(offer_, 1, 1);
    layout->addWidget(pick, 1, 2);
}

QString FolderField::path() const {
    return line_->text().trimmed();
}

void FolderField::setPath(const QString& path) {
    last_ = path;
    line_->setText(path);
}

void FolderField::setOffers(const QStringList& names, const QString& more) {
    offers_->clear();
    for (const QString& name : names) {
        offers_->addAction(name, this, [this, name] {
            line_->setText(name);
            finish();
        });
    }
    if (!names.isEmpty()) offers_->addSeparator();
    offers_->addAction(more, this, &FolderField::moreRequested);
    offer_->show();
}

void FolderField::finish() {
    if (path() == last_) return;
    last_ = path();
    Q_EMIT chosen();
}

}  // namespace rest::ui
