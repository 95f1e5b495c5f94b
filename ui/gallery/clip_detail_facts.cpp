// SPDX-License-Identifier: GPL-3.0-or-later
// What is told of an opened clip: how it was read, tags, note, where it comes from.
#include <QDateTime>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <cmath>

#include "ui/controls/bar_list.h"
#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/gallery/clip_book.h"
#include "ui/gallery/clip_detail.h"
#include "ui/gallery/failure_model.h"
#include "ui/gallery/said_model.h"
#include "ui/gallery/tag_writer.h"
#include "ui/look/format.h"
#include "ui/session/project_session.h"

namespace rest::ui {

namespace {

QString timeText(const QString& utc) {
    const QDateTime time = QDateTime::fromString(utc, Qt::ISODate);
    return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat) : utc;
}

}  // namespace

void ClipDetail::showReading(const gallery::Clip& clip) {
    const bool right = clip.verdict == gallery::Verdict::right;
    const bool wrong = clip.verdict == gallery::Verdict::wrong;
    verdict_->setText((right   ? QStringLiteral("✓ ")
                       : wrong ? QStringLiteral("✗ ")
                               : QString()) +
                      verdictText(clip.verdict));
    setTone(verdict_, right ? "good" : wrong ? "bad" : "muted");
    caption_->setText(text(clip.caption));
    const gallery::ClipTable& table = *book_.table();
    const QString read = clip.predicted < 0 ? tr("no class of the project") : text(table.class_name(clip.predicted));
    QString words = tr("Read as %1").arg(read);
    if (!std::isnan(clip.margin)) words += tr(", ahead of the next class by %1").arg(decimalText(clip.margin, 3));
    words += QStringLiteral(".");
    if (clip.label >= 0) {
        words += tr(" True class: %1").arg(text(table.class_name(clip.label)));
        if (clip.rank > 0) words += tr(", at place %1").arg(clip.rank + 1);
        words += QStringLiteral(".");
    }
    if (clip.votes.people() != gallery::People::unasked)
        words += tr(" People: %1 yes, %2 no.").arg(clip.votes.yes).arg(clip.votes.no);
    reading_->setText(words);
    const bool compared = table.other && clip.change != gallery::Change::only_here;
    before_->setVisible(static_cast<bool>(table.other));
    before_->setText(
        compared ? tr("%1. Run %2, epoch %3 said “%4”, read as %5.")
                       .arg(changeText(clip.change))
                       .arg(table.other.run)
                       .arg(table.other.epoch)
                       .arg(text(clip.caption_before), text(table.class_name(clip.predicted_before)))
                 : tr("Run %1, epoch %2 has not measured this clip.").arg(table.other.run).arg(table.other.epoch));
}

void ClipDetail::showNearest(const gallery::Clip& clip) {
    std::vector<Bar> bars;
    const gallery::ClipTable& table = *book_.table();
    // From a little below the fifth, so that what parts them is seen.
    const double low = clip.nearest.empty() ? 0 : clip.nearest.back().cosine - 0.02;
    const double high = clip.nearest.empty() ? 1 : clip.nearest.front().cosine;
    for (size_t i = 0; i < clip.nearest.size(); ++i) {
        const store::NearClass& near = clip.nearest[i];
        const QString name = text(table.class_name(near.label));
        bars.push_back({.name = name,
                        .figure = decimalText(near.cosine, 3),
                        .tip = tr("%1\nPlace %2, cosine %3").arg(name).arg(i + 1).arg(decimalText(near.cosine, 3)),
                        .share = high > low ? (near.cosine - low) / (high - low) : 1,
                        .strong = i == 0,
                        .marked = near.label == clip.label,
                        .id = static_cast<int>(i)});
    }
    nearest_->setVisible(!bars.empty());
    no_scores_->setVisible(bars.empty());
    const int count = static_cast<int>(bars.size());
    nearest_->setBars(std::move(bars));
    if (count > 0) nearest_->setFixedHeight(count * nearest_->sizeHintForRow(0) + 2 * nearest_->frameWidth() + 4);
}

void ClipDetail::showMarks() {
    const gallery::Marks& marks = *book_.marks();
    QStringList lines;
    for (const store::Tagging& tagging : marks.taggings_of(shown_.video)) {
        const int index = marks.index_of(tagging.tag);
        if (index < 0) continue;
        lines << tr("<b>%1</b>, %2, %3")
                     .arg(text(marks.tags[static_cast<size_t>(index)].name).toHtmlEscaped(),
                          text(tagging.who).toHtmlEscaped(), timeText(text(tagging.time)));
    }
    tags_->setText(lines.isEmpty() ? tr("No tag yet: keys 1 to 9, or the buttons below.")
                                   : lines.join(QStringLiteral("<br>")));
    setTone(tags_, lines.isEmpty() ? "muted" : "");
    const int row = book_.table()->row_of(shown_.video);
    const int at = row < 0 ? -1 : marks.marks[static_cast<size_t>(row)].note;
    const store::ClipNote* note = at < 0 ? nullptr : &marks.notes[static_cast<size_t>(at)];
    const QString words = note ? text(note->text) : QString();
    // What is being typed is newer than what was read.
    if (words != kept_note_ && !note_wait_.isActive() && note_->toPlainText().trimmed() != words)
        note_->setPlainText(words);
    kept_note_ = words;
    note_by_->setVisible(note != nullptr);
    if (note) note_by_->setText(tr("%1, %2").arg(text(note->who), timeText(text(note->time))));
}

void ClipDetail::readSaid() {
    reading_said_ = true;
    const gallery::Clip* clip = model_.clip(model_.rowOf(shown_.video));
    const int label = clip ? clip->label : -1;
    session_.read(
        this,
        [place = shown_](const store::Project& project) { return project.predictions_for(place.run.id, place.video); },
        [this, place = shown_, label](std::vector<std::pair<int, store::PredictionRecord>> said) {
            reading_said_ = false;
            if (place == shown_) said_->setSaid(std::move(said), session_.videos()->classes, label);
        },
        [this] { reading_said_ = false; });
}

QString ClipDetail::provenance(const gallery::Clip& clip) const {
    const gallery::ClipTable& table = *book_.table();
    QStringList lines;
    lines
        << tr("Run %1 “%2”, epoch %3").arg(table.evaluation.run).arg(text(table.run.name)).arg(table.evaluation.epoch);
    if (table.evaluation.step >= 0) lines.back() += tr(", retrieval step %1").arg(table.evaluation.step);
    const bool names = table.run.kind == store::RunKind::clip || table.run.kind == store::RunKind::blip_retrieval;
    lines << (names ? tr("Ranks class names; no caption was made")
                    : tr("Caption's mean log-probability %1").arg(decimalText(clip.score, 3)));
    if (const store::VideoRecord* video = session_.videos()->find(clip.video)) lines << text(video->path);
    return lines.join(QChar('\n'));
}

void ClipDetail::keepNote() {
    note_wait_.stop();
    const QString words = note_->toPlainText().trimmed();
    if (shown_.video == 0 || !session_.holds(shown_.run) || words == kept_note_) return;
    kept_note_ = words;
    const store::TaggedClip clip{shown_.video, shown_caption_.toStdString()};
    writer_.write(words.isEmpty() ? tr("Note removed") : tr("Note kept"),
                  [clip, run = shown_.run.id, epoch = shown_.epoch, words = words.toStdString(),
                   who = TagWriter::who().toStdString()](store::TagBook& book) {
                      const auto before = book.set_note(run, epoch, clip, words, who);
                      return [=](store::TagBook& same) { same.restore_note(run, epoch, clip, before); };
                  });
}

}  // namespace rest::ui
