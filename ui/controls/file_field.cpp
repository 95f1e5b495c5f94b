// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/file_field.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStandardPaths>

#include "ui/controls/basics.h"

namespace rest::ui {

QString folderToSaveIn() {
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

FileField::FileField(const QString& label, const QString& placeholder, const QString& filter, bool save,
                     QWidget* parent)
    : QWidget(parent), line_(new QLineEdit), label_(label), filter_(filter), save_(save) {
    line_->setPlaceholderText(placeholder);
    line_->setAccessibleName(label);
    line_->setClearButtonEnabled(true);
    auto* pick = toolButton(QStringLiteral("folder"), tr("Pick a file…"));
    connect(pick, &QToolButton::clicked, this, &FileField::pick);
    connect(line_, &QLineEdit::textChanged, this, &FileField::edited);
    setFocusProxy(line_);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(line_, 1);
    layout->addWidget(pick);
}

QString FileField::path() const {
    return line_->text().trimmed();
}
void FileField::setPath(const QString& path) {
    line_->setText(path);
}

void FileField::pick() {
    auto* dialog = new QFileDialog(this, label_, path(), filter_);
    dialog->setFileMode(save_ ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setAcceptMode(save_ ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    // No confirmation here: the file must not exist, and whoever creates it reports if it does.
    if (save_) dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, line_, &QLineEdit::setText);
    dialog->open();
}

}  // namespace rest::ui
