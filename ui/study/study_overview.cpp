// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_overview.h"

#include <QDateTime>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/study/study_summary.h"

namespace rest::ui {

namespace {

QString factsText(const StudySummary& study) {
    const auto& info = study.info;
    const auto row = [](const QString& name, const QString& value) {
        return QStringLiteral("<tr><td style='padding-right:18px'>%1</td><td>%2</td></tr>")
            .arg(name, value.toHtmlEscaped());
    };
    const auto tr = [](const char* source) { return StudyOverview::tr(source); };
    const QDateTime created = QDateTime::fromString(text(info.created), Qt::ISODate);
    QString source = tr("%1, epoch %2").arg(text(info.source.run_name)).arg(info.source.epoch);
    if (info.source.step >= 0) source += tr(", retrieval step %1").arg(info.source.step);
    const QString seed = QString::number(info.settings.seed);
    QString table = QStringLiteral("<table cellpadding='2'>");
    table += row(tr("Captions of"), source);
    table += row(tr("Clips"),
                 tr("%1, each rated by %2 people").arg(countText(study.clips)).arg(info.settings.answers_per_clip));
    table += row(tr("Drawn"), info.settings.stratified ? tr("with seed %1, in proportion to the classes").arg(seed)
                                                       : tr("with seed %1").arg(seed));
    if (info.settings.minimum_viewing_ms > 0)
        table += row(tr("Minimum viewing"), durationText(info.settings.minimum_viewing_ms / 1000.0));
    table += row(tr("Created"), QLocale().toString(created.toLocalTime(), QLocale::ShortFormat));
    table += row(tr("File"), text(study.file));
    return table + QStringLiteral("</table>");
}

}  // namespace

StudyOverview::StudyOverview(QWidget* parent)
    : QWidget(parent),
      progress_(sectionTitle({})),
      bar_(new QProgressBar),
      facts_(new WrapLabel),
      instructions_(new WrapLabel) {
    bar_->setTextVisible(false);
    bar_->setRange(0, 1000);
    bar_->setAccessibleName(tr("Answers given"));
    facts_->setTextFormat(Qt::RichText);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    instructions_->setTextFormat(Qt::PlainText);
    QFrame* frame = card();
    auto* inside = new QVBoxLayout(frame);
    inside->setContentsMargins(16, 14, 16, 14);
    inside->setSpacing(gap);
    inside->addWidget(progress_);
    inside->addWidget(bar_);
    inside->addWidget(facts_);
    auto* how = new WrapLabel(tr("<b>Here:</b> press Rate; everybody signs in with a name or code, one after "
                                 "another.<br><b>Elsewhere:</b> export a file for each annotator. It opens in REST "
                                 "Studio without a project; when it is returned, merge it."),
                              "muted");
    inside->addWidget(how);
    QFrame* words = card();
    auto* second = new QVBoxLayout(words);
    second->setContentsMargins(16, 14, 16, 14);
    second->setSpacing(small_gap);
    second->addWidget(sectionTitle(tr("What annotators read first")));
    second->addWidget(instructions_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(frame);
    layout->addWidget(words);
    layout->addStretch();
}

void StudyOverview::setStudy(const StudySummary& study) {
    progress_->setText(study.progressText());
    bar_->setValue(static_cast<int>(1000 * study.share()));
    facts_->setText(factsText(study));
    instructions_->setText(text(study.info.settings.instructions));
}

}  // namespace rest::ui
