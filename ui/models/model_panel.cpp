// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/models/model_table.h"

namespace rest::ui {

ModelPanel::ModelPanel(QWidget* parent)
    : QFrame(parent),
      name_(sectionTitle({})),
      purpose_(new WrapLabel({}, "muted")),
      facts_(new WrapLabel),
      problem_(new WrapLabel({}, "bad")),
      progress_(new QProgressBar),
      figures_(mutedLabel()),
      get_(button(tr("&Get"), QStringLiteral("download"), true)),
      cancel_(button(tr("Cance&l"), QStringLiteral("cancel"))),
      use_(button(tr("&Use in this project"))),
      check_(button(tr("C&heck"), QStringLiteral("check"))),
      remove_(button(tr("Remo&ve"), QStringLiteral("remove"))),
      by_hand_(button(tr("&Without a network…"))),
      steps_(new QPlainTextEdit) {
    setProperty("card", true);
    facts_->setTextFormat(Qt::RichText);
    facts_->setOpenExternalLinks(true);
    problem_->setTextFormat(Qt::PlainText);
    problem_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress of this model"));
    check_->setToolTip(tr("Read every byte, compare it with the hub's digests, and see whether it loads"));
    cancel_->setToolTip(tr("Stop; what was downloaded is kept, and Get resumes from there"));
    by_hand_->setCheckable(true);
    steps_->setReadOnly(true);
    steps_->setMaximumHeight(170);
    steps_->setAccessibleName(tr("How to get the model without a network"));
    auto* bar = new QHBoxLayout;
    bar->setSpacing(small_gap);
    for (QPushButton* made : {get_, cancel_, use_, check_, remove_}) bar->addWidget(made);
    bar->addStretch();
    bar->addWidget(by_hand_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, gap, 16, gap);
    layout->setSpacing(small_gap);
    for (QWidget* part : std::initializer_list<QWidget*>{name_, purpose_, facts_, problem_, progress_, figures_})
        layout->addWidget(part);
    layout->addLayout(bar);
    layout->addWidget(steps_);
    connect(get_, &QPushButton::clicked, this, &ModelPanel::getRequested);
    connect(cancel_, &QPushButton::clicked, this, &ModelPanel::cancelRequested);
    connect(use_, &QPushButton::clicked, this, &ModelPanel::useRequested);
    connect(check_, &QPushButton::clicked, this, &ModelPanel::checkRequested);
    connect(remove_, &QPushButton::clicked, this, &ModelPanel::removeRequested);
    connect(by_hand_, &QPushButton::toggled, steps_, &QWidget::setVisible);
    steps_->hide();
    hide();
}

void ModelPanel::setModel(const models::ModelInfo* info, const ModelContext& context) {
    setVisible(info != nullptr);
    if (!info) return;
    name_->setText(text(info->name));
    purpose_->setText(text(info->purpose));
    setFacts(*info, context);
    setButtons(*info, context);
    if (steps_->toPlainText() != context.by_hand) steps_->setPlainText(context.by_hand);
}

QString ModelPanel::message() const {
    return problem_->isHidden() ? QString() : problem_->text();
}

void ModelPanel::setFacts(const models::ModelInfo& info, const ModelContext& context) {
    QStringList lines;
    if (!info.licence.empty()) {
        const QString page = info.entry ? text(info.entry->licence_page) : QString();
        const QString licence = text(info.licence).toHtmlEscaped();
        lines << (page.isEmpty() ? tr("Licence: %1").arg(licence)
                                 : tr("Licence: <a href=\"%2\">%1</a>").arg(licence, page.toHtmlEscaped()));
    }
    const QString size = sizeText(info);
    if (!info.folder.empty()) {
        lines << tr("%1 in %2").arg(size, text(info.folder).toHtmlEscaped());
    } else if (context.offline) {
        lines << tr("HF_HUB_OFFLINE is set, so nothing is downloaded.");
    } else if (!info.repo.empty()) {
        lines << tr("Get downloads %1 from %2 under that licence.")
                     .arg(size.isEmpty() ? tr("it") : size,
                          (context.endpoint + QChar('/') + text(info.repo)).toHtmlEscaped());
    }
    if (!info.commit.empty()) lines << tr("Commit %1").arg(text(info.commit.substr(0, 12)).toHtmlEscaped());
    facts_->setText(lines.join(QStringLiteral("<br>")));

    QStringList wrong;
    if (!info.problem.empty()) wrong << text(info.problem) << text(info.remedy);
    if (!context.failure.message.isEmpty() && !context.working)
        wrong << context.failure.message << context.failure.remedy;
    wrong.removeAll(QString());
    problem_->setText(wrong.join(QChar('\n')));
    problem_->setVisible(!wrong.isEmpty());

    progress_->setVisible(context.working);
    progress_->setRange(0, context.permille < 0 ? 0 : 1000);
    progress_->setValue(context.permille);
    figures_->setText(context.figures);
    figures_->setVisible(context.working);
}

void ModelPanel::setButtons(const models::ModelInfo& info, const ModelContext& context) {
    using models::ModelState;
    const bool wanted = info.entry && !info.usable();
    get_->setVisible(wanted && !context.working);
    get_->setEnabled(!context.offline);
    get_->setText(info.state == ModelState::begun     ? tr("&Resume")
                  : info.state == ModelState::damaged ? tr("&Get again")
                                                      : tr("&Get"));
    cancel_->setVisible(context.working);
    const bool has_role = info.use == models::ModelUse::captioner || info.use == models::ModelUse::clip;
    use_->setVisible(context.project_open && info.usable() && has_role);
    use_->setEnabled(!context.in_use);
    use_->setToolTip(context.in_use ? tr("The open project uses it already") : QString());
    check_->setVisible(!info.folder.empty() && !context.working);
    remove_->setVisible(info.kept_here() && !context.working);
    remove_->setEnabled(!context.in_use);
    remove_->setToolTip(context.in_use ? tr("The open project uses it: choose another on the page Train first")
                                       : tr("Added folders and the hub's cache keep their files"));
    by_hand_->setVisible(wanted);
    steps_->setVisible(wanted && by_hand_->isChecked());
}

}  // namespace rest::ui
