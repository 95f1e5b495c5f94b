// SPDX-License-Identifier: GPL-3.0-or-later
// What the gallery's page does with clips: tags, menu, export, and what it remembers of a project.
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QListView>
#include <QMenu>
#include <QPointer>
#include <algorithm>

#include "core/engine/measure/evaluate_job.h"
#include "core/gallery/filter_json.h"
#include "ui/gallery/clip_book.h"
#include "ui/gallery/evaluation_bar.h"
#include "ui/gallery/failure_model.h"
#include "ui/gallery/filter_panel.h"
#include "ui/gallery/gallery_page.h"
#include "ui/gallery/tag_editor.h"
#include "ui/gallery/tag_writer.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/session/engine_client.h"
#include "ui/session/long_work.h"
#include "ui/session/project_memory.h"
#include "ui/session/project_session.h"

namespace rest::ui {

namespace {
const QString memory_name = QStringLiteral("gallery");

QJsonObject refJson(const gallery::EvaluationRef& evaluation) {
    return {{QStringLiteral("run"), static_cast<qint64>(evaluation.run)}, {QStringLiteral("epoch"), evaluation.epoch}};
}

gallery::EvaluationRef refFrom(const QJsonValue& json) {
    const QJsonObject object = json.toObject();
    return {object.value(QStringLiteral("run")).toInteger(), object.value(QStringLiteral("epoch")).toInt()};
}
}  // namespace

void GalleryPage::toggleTag(qint64 tag) {
    const gallery::Marks& marks = *book_->marks();
    const int index = marks.index_of(tag);
    std::vector<int> rows;
    if (isOpen()) {
        rows.push_back(book_->table()->row_of(current_));
    } else {
        for (const int row : chosenRows()) rows.push_back(model_->tableRow(row));
    }
    std::erase(rows, -1);
    if (index < 0 || rows.empty()) return;
    const bool on = !std::ranges::all_of(
        rows, [&](int row) { return (marks.marks[static_cast<size_t>(row)].tags >> index & 1) != 0; });
    std::vector<store::TaggedClip> clips;
    for (const int row : rows) {
        const gallery::Clip& clip = book_->table()->clips[static_cast<size_t>(row)];
        clips.push_back({clip.video, clip.caption});
    }
    const QString name = text(marks.tags[static_cast<size_t>(index)].name);
    const QString count = countText(std::ssize(clips));
    const QString told =
        on ? clips.size() == 1 ? tr("“%1” put on a clip").arg(name) : tr("“%1” put on %2 clips").arg(name, count)
        : clips.size() == 1 ? tr("“%1” taken off a clip").arg(name)
                            : tr("“%1” taken off %2 clips").arg(name, count);
    writer_->write(told,
                   [=, at = book_->evaluation(), clips = std::move(clips),
                    who = TagWriter::who().toStdString()](store::TagBook& book) -> TagWriter::Undo {
                       const auto changed =
                           on ? book.put(tag, at.run, at.epoch, clips, who) : book.take(tag, at.run, at.epoch, clips);
                       if (changed.empty()) return {};
                       return [=](store::TagBook& same) {
                           if (on)
                               same.take(at.run, at.epoch, changed);
                           else
                               same.restore(at.run, at.epoch, changed);
                       };
                   });
}

void GalleryPage::editTags() {
    (new TagEditor(*book_, *writer_, this))->show();
}

void GalleryPage::showMenu(const QPoint& at) {
    const QModelIndex index = grid_->indexAt(at);
    if (!index.isValid()) return;
    const int row = index.row();
    auto* menu = new QMenu(grid_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(QStringLiteral("play")), tr("Open"), this, [this, row] { open(row); });
    menu->addAction(icon(QStringLiteral("captions")), tr("Show in Captions"), this,
                    [this, row] { Q_EMIT videoActivated(model_->place(row)); });
    menu->addAction(icon(QStringLiteral("reports")), tr("Show in Reports"), this,
                    [this, row] { Q_EMIT reportRequested(model_->place(row)); });
    menu->addSeparator();
    const auto& tags = book_->marks()->tags;
    const auto rows = chosenRows();
    for (size_t i = 0; i < tags.size(); ++i) {
        QString label = text(tags[i].name);
        auto* action = menu->addAction(label.replace(QChar('&'), QStringLiteral("&&")), this,
                                       [this, id = tags[i].id] { toggleTag(id); });
        action->setCheckable(true);
        action->setChecked(std::ranges::all_of(rows, [&](int one) {
            return (book_->marks()->marks[static_cast<size_t>(model_->tableRow(one))].tags >> i & 1) != 0;
        }));
    }
    menu->addSeparator();
    menu->addAction(tr("Copy the caption"), this, [this, row] {
        if (const gallery::Clip* clip = model_->clip(row)) QApplication::clipboard()->setText(text(clip->caption));
    });
    menu->addAction(tr("Copy the video's name"), this, [this, row] {
        if (const store::VideoRecord* video = model_->video(row)) QApplication::clipboard()->setText(text(video->name));
    });
    menu->addAction(icon(QStringLiteral("export")), tr("Export…"), this, &GalleryPage::askExport);
    menu->popup(grid_->viewport()->mapToGlobal(at));
}

/// Reads the captions that are kept with CLIP once more, so that their scores are kept, too.
void GalleryPage::measureAgain() {
    const gallery::EvaluationRef at = book_->evaluation();
    if (!at || engine_.jobOfRun(session_.ref(at.run)) != 0)
        return Q_EMIT told(tr("A job works on this run; evaluate it when that is done."), false);
    engine::EvaluateParams params{.project = path(session_.folder()), .run = at.run, .epoch = at.epoch};
    params.settings = engine::preset(session_.kind() == QLatin1String("demo") ? "demo" : "paper");
    engine_.submit(engine::make_evaluate_job(
        params, [page = QPointer<GalleryPage>(this), project = session_.ref()](const engine::EvaluateResult&) {
            QMetaObject::invokeMethod(
                qApp,
                [page, project] {
                    if (page && page->session_.holds(project)) page->book_->reload();
                },
                Qt::QueuedConnection);
        }));
}

void GalleryPage::askExport() {
    offerExport(nullptr, {});
}

void GalleryPage::offerExport(const ExportClipsDialog::Choice* typed, const QString& why) {
    if (model_->rowCount() == 0 || work_->running()) return;
    const QString name =
        tr("failures %1").arg(evaluations_->title()).replace(QStringLiteral(", "), QStringLiteral(" "));
    auto* dialog = new ExportClipsDialog(model_->rowCount(), static_cast<qint64>(chosenRows().size()), name, this);
    if (typed) dialog->setFailed(*typed, why);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { exportTo(dialog->choice()); });
    dialog->open();
}

void GalleryPage::exportTo(const ExportClipsDialog::Choice& choice) {
    std::vector<int> rows = book_->shown()->rows;
    if (choice.selected_only) {
        rows.clear();
        for (const int row : chosenRows()) rows.push_back(model_->tableRow(row));
    }
    auto settings = choice.settings;
    settings.filter = gallery::to_json(book_->filter(), book_->table()->classes, book_->marks()->tags);
    work_->start(
        tr("Exporting clips"),
        [project = path(session_.folder()), table = book_->table(), marks = book_->marks(), rows = std::move(rows),
         videos = session_.videos(), settings](Task& task) {
            return gallery::export_clips(project, *table, *marks, rows, videos->videos, settings, task);
        },
        [this](const gallery::ExportResult& result) {
            const QString where = text(result.folder);
            const QString written = result.clips == 1
                                        ? tr("A clip written to %1").arg(where)
                                        : tr("%1 clips written to %2").arg(countText(result.clips), where);
            if (result.problems.empty()) return Q_EMIT told(written, true);
            Q_EMIT told(written + tr("; files that are not there: %1, see the column “problem”")
                                      .arg(countText(std::ssize(result.problems))),
                        false);
        },
        [this, choice](const Failure& failure) {
            offerExport(&choice, failure.message + QChar('\n') + failure.remedy);
        });
}

void GalleryPage::keepState() {
    if (!session_.isOpen() || !recalled_) return;
    remember(session_.folder(), memory_name,
             QJsonObject{{QStringLiteral("evaluation"), refJson(book_->evaluation())},
                         {QStringLiteral("other"), refJson(book_->other())},
                         {QStringLiteral("order"), QString::fromLatin1(to_string(book_->order()))},
                         {QStringLiteral("filter"),
                          text(gallery::to_json(book_->filter(), book_->table()->classes, book_->marks()->tags))}});
}

/// The filter is taken when the clips are there: what no clip of an evaluation is is no option.
void GalleryPage::recallState() {
    recalled_ = true;
    const QJsonObject memory = projectMemory(session_.folder()).value(memory_name).toObject();
    if (memory.isEmpty()) return;
    evaluations_->choose(refFrom(memory.value(QStringLiteral("evaluation"))),
                         refFrom(memory.value(QStringLiteral("other"))));
    if (const auto order = gallery::order_from_string(memory.value(QStringLiteral("order")).toString().toStdString()))
        order_->setCurrentIndex(static_cast<int>(*order));
    wanted_filter_ = memory.value(QStringLiteral("filter")).toString().toStdString();
}

void GalleryPage::takeRemembered(const std::string& filter) {
    try {
        panel_->setFilter(gallery::filter_from_json(filter, book_->table()->classes, book_->marks()->tags).filter);
    } catch (const Error&) {  // somebody else's file: as if nothing were remembered
    }
}

}  // namespace rest::ui
