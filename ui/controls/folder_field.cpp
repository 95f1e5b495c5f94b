// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/folder_field.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

#include "ui/controls/basics.h"

namespace rest::ui {

FolderField::FolderField(const QString& label, const QString& placeholder, const QString& help, QWidget* parent)
    : QWidget(parent), line_(new QLineEdit), label_(label) {
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
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(small_gap);
    layout->setVerticalSpacing(2);
    layout->addWidget(name, 0, 0, 1, 2);
    layout->addWidget(line_, 1, 0);
    layout->addWidget(pick, 1, 1);
}

QString FolderField::path() const {
    return line_->text().trimmed();
}

void FolderField::setPath(const QString& path) {
    last_ = path;
    line_->setText(path);
}

void FolderField::finish() {
    if (path() == last_) return;
    last_ = path();
    Q_EMIT chosen();
}

}  // namespace rest::ui
