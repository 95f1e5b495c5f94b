// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/provenance_card.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QLineEdit>

#include "core/engine/measure/report_tables.h"
#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {

/// Speed is included if known: it belongs to the machine that made the captions.
QString captionLine(const engine::EvaluateResult& result) {
    const evaluation::CaptionQuality& captions = result.captions;
    if (captions.captions == 0) return ProvenanceCard::tr("none: it ranks class names");
    const QString speed =
        result.clips_per_second > 0
            ? ProvenanceCard::tr("; made at %1").arg(rateText(result.clips_per_second, ProvenanceCard::tr("clips")))
            : QString();
    return ProvenanceCard::tr("%1 distinct of %2, %3 words in use, %4 words each; most common, %5 times: “%6”")
               .arg(countText(captions.distinct), countText(captions.captions), countText(captions.vocabulary),
                    percentText(captions.mean_words), countText(captions.most_common_count),
                    text(captions.most_common)) +
           speed;
}

QString templatesText(const std::vector<std::string>& templates) {
    QStringList list;
    for (const std::string& one : templates) list << QStringLiteral("“%1”").arg(text(one));
    return list.join(QStringLiteral(", "));
}

}  // namespace

ProvenanceCard::ProvenanceCard(QWidget* parent)
    : QFrame(parent), grid_(new QGridLayout(this)), command_(new QLineEdit) {
    setProperty("card", true);
    grid_->setContentsMargins(14, 12, 14, 12);
    grid_->setHorizontalSpacing(gap);
    grid_->setVerticalSpacing(small_gap);
    grid_->setColumnStretch(1, 1);
    run_ = addLine(tr("Run"));
    model_ = addLine(tr("Model"));
    clip_ = addLine(tr("CLIP"));
    names_ = addLine(tr("Class names"));
    captions_ = addLine(tr("Captions"));
    command_->setReadOnly(true);
    command_->setAccessibleName(tr("Command"));
    command_->setToolTip(tr("Gives the same numbers on the command line; add --json for a document"));
    auto* copy = button(tr("Copy"));
    copy->setToolTip(tr("Copy the command"));
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(command_->text()); });
    const int row = grid_->rowCount();
    grid_->addWidget(mutedLabel(tr("Command")), row, 0);
    grid_->addWidget(command_, row, 1);
    grid_->addWidget(copy, row, 2);
}

WrapLabel* ProvenanceCard::addLine(const QString& name) {
    auto* label = new WrapLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAccessibleName(name);
    const int row = grid_->rowCount();
    grid_->addWidget(mutedLabel(name), row, 0, Qt::AlignTop);
    grid_->addWidget(label, row, 1, 1, 2);
    return label;
}

void ProvenanceCard::show(const Report& report, const QString& project) {
    const engine::EvaluateResult& result = report.result;
    run_->setText(tr("%1 (%2), on %3 of %4 clips")
                      .arg(report.title, text(engine::report_source(result)), countText(result.report.counted),
                           countText(result.labelled_clips)));
    model_->setText(result.model.empty() ? tr("its checkpoint is gone; its captions are kept") : text(result.model));
    QStringList clip{text(result.clip)};
    for (const std::string& caution : result.cautions) clip << text(caution);
    clip_->setText(clip.join(QLatin1Char('\n')));
    names_->setText(
        tr("%1; written as %2").arg(text(engine::class_name_handling), templatesText(result.class_templates)));
    captions_->setText(captionLine(result));
    command_->setText(text(engine::evaluate_command(path(project), result)));
    command_->setCursorPosition(0);
}

}  // namespace rest::ui
