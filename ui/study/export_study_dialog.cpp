// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/export_study_dialog.h"

#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/file_field.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/study/study_summary.h"

namespace rest::ui {

ExportStudyDialog::ExportStudyDialog(const StudySummary& study, QWidget* parent)
    : QDialog(parent),
      study_name_(study.name()),
      annotator_(new QLineEdit),
      most_(new QSpinBox),
      file_(new FileField(tr("File to write"), tr("NAME.study"), tr("Studies (*.study)"), true)),
      why_(new WrapLabel({}, "bad")),
      go_(button(tr("Export"), {}, true)) {
    setWindowTitle(tr("Export for an annotator"));
    setMinimumWidth(540);
    annotator_->setPlaceholderText(tr("Whoever signs in"));
    annotator_->setMaxLength(100);
    annotator_->setToolTip(tr("Only this person can rate in the file, and its clips are set aside for him or her"));
    most_->setRange(0, static_cast<int>(std::min<int64_t>(study.clips, 1000000)));
    most_->setSpecialValueText(tr("all that want people"));
    most_->setButtonSymbols(QAbstractSpinBox::NoButtons);
    most_->setFixedWidth(170);
    most_->setToolTip(tr("0 takes all; fewer takes the least-rated first"));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(gap);
    form->setVerticalSpacing(gap);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("&Annotator"), annotator_);
    form->addRow(tr("&Clips at most"), most_);
    form->addRow(tr("&File"), file_);
    auto* cancel = button(tr("Cancel"));
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(go_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, page_margin);
    layout->setSpacing(page_margin);
    layout->addWidget(new WrapLabel(
        tr("One file with the captions and the clips inside, made small. It opens in REST Studio without the "
           "project. No class, score, model or anybody's answers go along."),
        "muted"));
    layout->addLayout(form);
    layout->addWidget(why_);
    layout->addLayout(buttons);
    why_->hide();
    go_->setDefault(true);
    connect(go_, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(annotator_, &QLineEdit::textChanged, this, &ExportStudyDialog::suggestFile);
    connect(file_, &FileField::edited, this, &ExportStudyDialog::update);
    suggestFile();
}

namespace {

/// The name of a study or a person may not be a valid file name: "day 1/2".
QString asFileName(QString words) {
    static const QRegularExpression others(QStringLiteral("[^\\w .-]+"),
                                           QRegularExpression::UseUnicodePropertiesOption);
    return words.simplified().replace(others, QStringLiteral("_"));
}

QString freeFile(const QString& folder, const QString& name) {
    QString file = QDir(folder).filePath(name + QStringLiteral(".study"));
    for (int n = 2; QFileInfo::exists(file); ++n)
        file = QDir(folder).filePath(QStringLiteral("%1-%2.study").arg(name).arg(n));
    return file;
}

}  // namespace

/// Names the file after study and annotator until the user types another name.
void ExportStudyDialog::suggestFile() {
    if (file_->path() != suggested_) return;
    const QString who = asFileName(annotator_->text()).replace(QChar(' '), QChar('_'));
    const QString name = asFileName(study_name_);
    suggested_ = freeFile(folderToSaveIn(), who.isEmpty() ? name : name + QChar('-') + who);
    file_->setPath(suggested_);
    update();
}

void ExportStudyDialog::setFailed(const study::ExportSettings& typed, const QString& why) {
    annotator_->setText(text(typed.annotator));
    most_->setValue(static_cast<int>(typed.most_clips));
    file_->setPath(text(typed.out));
    why_->setText(why);
    why_->setVisible(!why.isEmpty());
    file_->setFocus();
}

void ExportStudyDialog::update() {
    go_->setEnabled(!file_->path().isEmpty());
}

study::ExportSettings ExportStudyDialog::settings() const {
    study::ExportSettings settings;
    settings.out = path(file_->path());
    settings.annotator = annotator_->text().simplified().toStdString();
    settings.most_clips = most_->value();
    return settings;
}

}  // namespace rest::ui
