// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/check_panel.h"

#include <QDateTime>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/look/format.h"

namespace rest::ui {

CheckPanel::CheckPanel(QWidget* parent)
    : QWidget(parent),
      card_(card()),
      verdict_(sectionTitle({})),
      age_(mutedLabel()),
      lists_(new QLabel),
      figures_(new QFormLayout) {
    lists_->setWordWrap(true);
    lists_->setTextFormat(Qt::PlainText);
    lists_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    verdict_->setWordWrap(true);
    figures_->setHorizontalSpacing(24);
    figures_->setVerticalSpacing(8);
    auto* inner = new QVBoxLayout(card_);
    inner->setContentsMargins(16, 14, 16, 14);
    inner->setSpacing(gap);
    inner->addWidget(verdict_);
    inner->addWidget(age_);
    inner->addLayout(figures_);
    inner->addWidget(lists_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->addWidget(card_);
    layout->addStretch();
    clear();
}

void CheckPanel::clear() {
    tell("", tr("Not checked yet"),
         tr("Check looks for the models, the device, memory and disk, and times small training steps to estimate how "
            "long the run will take. It takes 15 seconds at most, and changes nothing."));
}

void CheckPanel::showWaiting() {
    tell("", tr("Checking…"), tr("Checks the models and times small training steps: 15 seconds at most."));
}

void CheckPanel::showQueued(const QString& job) {
    tell("", tr("The check waits"), tr("It runs after “%1”.").arg(job));
}

void CheckPanel::showAge(const QDateTime& when, bool changed_since) {
    const QString time = QLocale().toString(when.toLocalTime(), QLocale::ShortFormat);
    age_->setText(changed_since ? tr("Checked %1, with settings other than those now in the form").arg(time)
                                : tr("Checked %1").arg(time));
    setTone(age_, changed_since ? "warning" : "muted");
    age_->show();
}

void CheckPanel::tell(const char* tone, const QString& verdict, const QString& words) {
    while (figures_->rowCount() > 0) figures_->removeRow(0);
    setTone(verdict_, tone);
    verdict_->setText(verdict);
    age_->hide();
    lists_->setText(words);
    lists_->show();
}

void CheckPanel::showResult(const engine::TrainCheck& check) {
    while (figures_->rowCount() > 0) figures_->removeRow(0);
    const bool good = check.problems.empty();
    setTone(verdict_, good ? "good" : "bad");
    verdict_->setText(good ? tr("Ready to start") : tr("The run cannot start yet"));
    const auto row = [this](const QString& name, const QString& value) {
        figures_->addRow(mutedLabel(name), new QLabel(value));
    };
    row(tr("Videos to train on"), countText(check.train_videos));
    row(tr("Labelled val videos"), countText(check.labelled_val_videos));
    if (!check.device.empty()) row(tr("Device"), text(check.device));
    if (check.memory_bytes > 0) row(tr("Memory at most, about"), bytesText(check.memory_bytes));
    if (check.disk_bytes > 0) row(tr("Disk, about"), bytesText(check.disk_bytes));
    row(tr("Time, about"), check.seconds < 0 ? tr("not measured") : durationText(check.seconds));
    if (!check.extrapolated_from.empty()) row(tr("Estimated from"), text(check.extrapolated_from));
    QStringList lines;
    for (const std::string& problem : check.problems) lines << QStringLiteral("✗ ") + text(problem);
    for (const std::string& note : check.notes) lines << QStringLiteral("• ") + text(note);
    lists_->setText(lines.join(QChar('\n')));
    lists_->setVisible(!lines.isEmpty());
}

void CheckPanel::showFailure(const QString& message, const QString& remedy) {
    tell("bad", tr("The check did not finish"), remedy.isEmpty() ? message : message + QChar('\n') + remedy);
}

}  // namespace rest::ui
