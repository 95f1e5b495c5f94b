// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/export_clips_dialog.h"

#include <QButtonGroup>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/file_field.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {

QString freeFolder(const QString& name) {
    const QDir in(folderToSaveIn());
    QString folder = in.filePath(name);
    for (int n = 2; QFileInfo::exists(folder); ++n) folder = in.filePath(QStringLiteral("%1-%2").arg(name).arg(n));
    return folder;
}

/// Buttons of which one is pressed, one below the other.
QWidget* choices(QButtonGroup* group, const QStringList& texts, int chosen) {
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    for (int i = 0; i < texts.size(); ++i) {
        auto* made = new QRadioButton(texts[i]);
        made->setChecked(i == chosen);
        group->addButton(made, i);
        layout->addWidget(made);
    }
    return column;
}

}  // namespace

ExportClipsDialog::ExportClipsDialog(qint64 shown, qint64 selected, const QString& name, QWidget* parent)
    : QDialog(parent),
      which_(new QButtonGroup(this)),
      files_(new QButtonGroup(this)),
      folder_(new FileField(tr("Folder to make"), tr("A folder that is not there yet"), {}, true)),
      why_(new WrapLabel({}, "bad")),
      go_(button(tr("Export"), {}, true)) {
    setWindowTitle(tr("Export clips"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(560);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(gap);
    form->setVerticalSpacing(gap);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("Clips"), choices(which_,
                                      {tr("All that are shown (%1)").arg(countText(shown)),
                                       tr("Those selected (%1)").arg(countText(selected))},
                                      selected > 1 ? 1 : 0));
    which_->button(1)->setEnabled(selected > 0);
    // In the order of gallery::ClipFiles.
    form->addRow(
        tr("Video files"),
        choices(files_, {tr("None: the lists name where they are"), tr("Links to where they are"), tr("Copies")}, 2));
    form->addRow(tr("&Folder"), folder_);
    auto* cancel = button(tr("Cancel"));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(go_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, page_margin);
    layout->setSpacing(page_margin);
    layout->addWidget(
        new WrapLabel(tr("A folder with clips.csv for spreadsheets, clips.json, and the videos in clips/. Run, "
                         "epoch, caption, class read, scores, true class, tags and notes go along."),
                      "muted"));
    layout->addLayout(form);
    layout->addWidget(why_);
    layout->addLayout(buttons);
    why_->hide();
    go_->setDefault(true);
    connect(go_, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(folder_, &FileField::edited, this, [this] { go_->setEnabled(!folder_->path().isEmpty()); });
    folder_->setPath(freeFolder(name));
}

ExportClipsDialog::Choice ExportClipsDialog::choice() const {
    Choice out;
    out.selected_only = which_->checkedId() == 1;
    out.settings.folder = path(folder_->path());
    out.settings.files = static_cast<gallery::ClipFiles>(files_->checkedId());
    return out;
}

void ExportClipsDialog::setFailed(const Choice& typed, const QString& why) {
    which_->button(typed.selected_only ? 1 : 0)->setChecked(true);
    files_->button(static_cast<int>(typed.settings.files))->setChecked(true);
    folder_->setPath(text(typed.settings.folder));
    why_->setText(why);
    why_->setVisible(!why.isEmpty());
    folder_->setFocus();
}

}  // namespace rest::ui
