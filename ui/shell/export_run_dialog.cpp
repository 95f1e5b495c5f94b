// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/export_run_dialog.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/interchange/export_run.h"
#include "ui/controls/basics.h"
#include "ui/controls/file_field.h"
#include "ui/controls/help_topic.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/session/run_model.h"
#include "ui/session/work_bar.h"

namespace rest::ui {
namespace {

QString words(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

}  // namespace

ExportRunDialog::ExportRunDialog(const QString& project, const RunModel& runs, QWidget* parent)
    : QDialog(parent),
      project_(project),
      run_(new QComboBox),
      format_(new QComboBox),
      help_(new WrapLabel({}, "muted")),
      out_(new FileField(tr("File or folder to create"), {}, tr("All files (*)"), true)),
      outcome_(new WrapLabel),
      close_(button(tr("Close"))),
      go_(button(tr("Export"), QStringLiteral("export"), true)) {
    setWindowTitle(tr("Export a run"));
    setMinimumWidth(620);
    setHelpTopic(this, {QStringLiteral("exchange"), {}});
    for (int row = 0; row < runs.rowCount(); ++row) {
        const QString name = runs.index(row, RunModel::NameColumn).data().toString();
        run_->addItem(name, QVariant::fromValue<qint64>(runs.run(row)->id));
    }
    for (const auto& format : interchange::formats()) format_->addItem(words(format.label), words(format.name));
    makeForm();
    go_->setDefault(true);
    connect(go_, &QPushButton::clicked, this, &ExportRunDialog::write);
    connect(close_, &QPushButton::clicked, this, &QDialog::reject);
    connect(out_, &FileField::edited, this, &ExportRunDialog::refresh);
    connect(run_, &QComboBox::currentIndexChanged, this, &ExportRunDialog::formatChosen);
    connect(format_, &QComboBox::currentIndexChanged, this, &ExportRunDialog::formatChosen);
    connect(&work_, &LongWork::changed, this, &ExportRunDialog::refresh);
    connect(&work_, &LongWork::failed, this, [this](const QString& message, const QString& remedy) {
        setTone(outcome_, "bad");
        outcome_->setText((message + QChar('\n') + remedy).trimmed());
        outcome_->show();
    });
    formatChosen();
}

void ExportRunDialog::makeForm() {
    outcome_->hide();
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(gap);
    form->setVerticalSpacing(gap);
    form->addRow(tr("&Run"), run_);
    form->addRow(tr("F&ormat"), format_);
    form->addRow({}, help_);
    form->addRow(tr("&To"), out_);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close_);
    buttons->addWidget(go_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, page_margin);
    layout->setSpacing(gap);
    layout->addLayout(form);
    layout->addWidget(new WorkBar(work_));
    layout->addWidget(outcome_);
    layout->addStretch();
    layout->addLayout(buttons);
}

QString ExportRunDialog::suggestedPath() const {
    const auto& format = interchange::find_format(format_->currentData().toString().toStdString());
    const QString extension = format.extension.empty() ? QString() : QChar('.') + words(format.extension);
    const QString stem =
        QStringLiteral("%1-run-%2-%3")
            .arg(QFileInfo(project_).completeBaseName(), run_->currentData().toString(), words(format.name));
    const QDir folder(folderToSaveIn());
    QString name = stem + extension;
    for (int again = 2; folder.exists(name); ++again)
        name = QStringLiteral("%1-%2%3").arg(stem).arg(again).arg(extension);
    return folder.filePath(name);
}

void ExportRunDialog::formatChosen() {
    help_->setText(words(interchange::find_format(format_->currentData().toString().toStdString()).help));
    // A path that was typed stays.
    if (out_->path() == suggested_) out_->setPath(suggested_ = suggestedPath());
    outcome_->hide();
    refresh();
}

void ExportRunDialog::refresh() {
    const bool ready = run_->count() > 0 && !exporting();
    if (run_->count() == 0) {
        outcome_->setText(tr("This project has no run yet. Train first."));
        outcome_->show();
    }
    go_->setEnabled(ready && !out_->path().isEmpty());
    for (QWidget* field : std::initializer_list<QWidget*>{run_, format_, out_}) field->setEnabled(ready);
}

void ExportRunDialog::write() {
    outcome_->hide();
    const interchange::ExportRequest request{.project = path(project_),
                                             .format = format_->currentData().toString().toStdString(),
                                             .run = run_->currentData().toLongLong(),
                                             .epoch = {},
                                             .out = path(out_->path())};
    work_.start(
        tr("Exporting"), [request](Task& task) { return interchange::export_run(request, task); },
        [this](const interchange::ExportResult& result) { written(result); });
}

void ExportRunDialog::written(const interchange::ExportResult& result) {
    setTone(outcome_, "good");
    outcome_->setText(tr("Exported %1 %2 to %3").arg(result.items).arg(words(result.unit), text(result.out)));
    outcome_->show();
    out_->setPath(suggested_ = suggestedPath());
}

}  // namespace rest::ui
