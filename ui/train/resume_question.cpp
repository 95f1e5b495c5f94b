// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/resume_question.h"

#include <QPushButton>

#include "ui/look/format.h"

namespace rest::ui {
namespace {

QString details(const engine::ClipChanges& changes) {
    QStringList lines;
    for (const auto* clips : {&changes.train, &changes.evaluation}) {
        for (const engine::ClipChange& clip : *clips)
            lines << text(clip.name) + QStringLiteral(": ") + text(clip.why.message);
    }
    return lines.join(QChar('\n'));
}

}  // namespace

ResumeQuestion::ResumeQuestion(const engine::ClipChanges& changes, QWidget* parent)
    : QMessageBox(QMessageBox::Question, tr("Clips of this run have changed"), {}, QMessageBox::NoButton, parent) {
    setObjectName(QStringLiteral("resumeQuestion"));
    setAttribute(Qt::WA_DeleteOnClose);
    setTextFormat(Qt::PlainText);  // it contains file names
    const auto all = static_cast<qint64>(changes.train.size() + changes.evaluation.size());
    setText(tr("%n clip(s) of this run are not as they were when it started: %1 gone, %2 changed.", nullptr,
               static_cast<int>(all))
                .arg(countText(changes.gone()), countText(changes.changed())));
    QString more =
        tr("It started with %1 train and %2 evaluation clips. What is left out is neither trained nor measured "
           "on; to go on as it was, put the files back first.")
            .arg(countText(changes.train_clips), countText(changes.evaluation_clips));
    if (changes.imported_since > 0)
        more += QChar(' ') +
                tr("%n clip(s) imported since are no part of it.", nullptr, static_cast<int>(changes.imported_since));
    setInformativeText(more);
    setDetailedText(details(changes));
    leave_out_ = addButton(tr("Go on without them"), QMessageBox::AcceptRole);
    if (changes.changed() > 0) take_changed_ = addButton(tr("Take changed files as they are"), QMessageBox::AcceptRole);
    QPushButton* stay = addButton(tr("Do not resume"), QMessageBox::RejectRole);
    setDefaultButton(stay);
    setEscapeButton(stay);
    connect(this, &QMessageBox::buttonClicked, this, [this](QAbstractButton* button) {
        if (button == leave_out_) Q_EMIT chosen(engine::ChangedClips::leave_out);
        if (take_changed_ != nullptr && button == take_changed_) Q_EMIT chosen(engine::ChangedClips::take_changed);
    });
}

}  // namespace rest::ui
