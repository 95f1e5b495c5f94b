// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/problem_report_dialog.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/file_field.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/shell/recent_projects.h"

namespace rest::ui {

namespace {

QString suggestedFile() {
    return QDir(folderToSaveIn())
        .filePath(QStringLiteral("rest-studio-report-%1.zip")
                      .arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmm"))));
}

QWidget* listing(const QString& title, const QStringList& lines) {
    auto* part = card();
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(small_gap);
    layout->addWidget(sectionTitle(title));
    for (const QString& line : lines) layout->addWidget(new WrapLabel(QStringLiteral("• ") + line));
    layout->addStretch();
    return part;
}

QWidget* whatGoes(bool with_project) {
    QStringList in = {
        ProblemReportDialog::tr("The last parts of REST Studio's logs; they may name clips that could not be read"),
        ProblemReportDialog::tr(
            "Versions of the program, its libraries and the system; processor, memory and graphics card")};
    if (with_project) {
        in << ProblemReportDialog::tr(
                  "Settings of this project and its runs, how many videos, captions and answers it has, whether its "
                  "file is intact")
           << ProblemReportDialog::tr("Which models it uses");
    }
    const QStringList out = {
        ProblemReportDialog::tr("Videos, frames, captions, answers and models"),
        ProblemReportDialog::tr(
            "Names of annotators, of you and of this computer, and e-mail addresses: they are removed"),
        ProblemReportDialog::tr("Folders: only the last part of a path is kept")};
    auto* both = new QWidget;
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gap);
    row->addWidget(listing(ProblemReportDialog::tr("Included"), in), 1);
    row->addWidget(listing(ProblemReportDialog::tr("Not included"), out), 1);
    return both;
}

}  // namespace

ProblemReportDialog::ProblemReportDialog(const QString& project, const QStringList& others, QWidget* parent)
    : QDialog(parent),
      project_(project),
      others_(others),
      file_(new FileField(tr("File to write"), tr("NAME.zip"), tr("Zip files (*.zip)"), true)),
      outcome_(new WrapLabel),
      cancel_(button(tr("Cancel"))),
      go_(button(tr("Save"), {}, true)),
      folder_(button(tr("Open the folder"), QStringLiteral("folder"))) {
    setWindowTitle(tr("Save a report about a problem"));
    setMinimumWidth(620);
    makeForm();
    go_->setDefault(true);
    connect(go_, &QPushButton::clicked, this, &ProblemReportDialog::save);
    connect(cancel_, &QPushButton::clicked, this, &QDialog::reject);
    connect(folder_, &QPushButton::clicked, this, &ProblemReportDialog::openFolder);
    connect(file_, &FileField::edited, this, &ProblemReportDialog::refresh);
    connect(&work_, &LongWork::changed, this, &ProblemReportDialog::refresh);
    connect(&work_, &LongWork::failed, this, [this](const QString& message, const QString& remedy) {
        setTone(outcome_, "bad");
        outcome_->setText((message + QChar('\n') + remedy).trimmed());
        outcome_->show();
    });
    file_->setPath(suggestedFile());
    refresh();
}

void ProblemReportDialog::makeForm() {
    auto* label = new QLabel(tr("&File"));
    label->setBuddy(file_);
    auto* form = new QHBoxLayout;
    form->setSpacing(gap);
    form->addWidget(label);
    form->addWidget(file_, 1);
    outcome_->hide();
    folder_->hide();
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(folder_);
    buttons->addStretch();
    buttons->addWidget(cancel_);
    buttons->addWidget(go_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, page_margin);
    layout->setSpacing(page_margin);
    layout->addWidget(new WrapLabel(
        tr("One zip file for whoever looks into the problem. Nothing is sent: you check it and pass it on yourself."),
        "muted"));
    layout->addWidget(whatGoes(!project_.isEmpty()), 1);
    layout->addLayout(form);
    layout->addWidget(outcome_);
    layout->addLayout(buttons);
}

void ProblemReportDialog::refresh() {
    go_->setEnabled(!file_->path().isEmpty() && !saving());
    go_->setText(saving() ? tr("Saving…") : tr("Save"));
    file_->setEnabled(!saving());
}

void ProblemReportDialog::save() {
    bundle::BundleSettings settings;
    settings.file = path(file_->path());
    settings.program = "rest-studio " + QCoreApplication::applicationVersion().toStdString();
    settings.qt = qVersion();
    settings.project = path(project_);
    for (const QString& other : others_) settings.others.push_back(path(other));
    outcome_->hide();
    folder_->hide();
    work_.start(
        windowTitle(), [settings](Task& task) { return bundle::save_debug_bundle(settings, task); },
        [this](const bundle::SavedBundle& bundle) { saved(bundle); });
}

void ProblemReportDialog::saved(const bundle::SavedBundle& bundle) {
    setTone(outcome_, "good");
    outcome_->setText(
        tr("Saved %1 (%2).").arg(QFileInfo(file_->path()).fileName(), bytesText(static_cast<qint64>(bundle.bytes))));
    outcome_->show();
    folder_->show();
    cancel_->setText(tr("Close"));
}

void ProblemReportDialog::openFolder() {
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file_->path()).absolutePath()));
}

QDialog* openProblemReport(const QString& project, QWidget* parent) {
    auto* dialog = new ProblemReportDialog(project, recentProjects(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

}  // namespace rest::ui
