// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/tag_writer.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QSettings>
#include <optional>

#include "ui/look/format.h"
#include "ui/session/project_session.h"

namespace rest::ui {

namespace {
const QString who_key = QStringLiteral("gallery/who");
}

/// A project and its book, opened with the first change.
struct TagWriter::Place {
    std::filesystem::path folder;
    std::optional<store::TagBook> book;

    store::TagBook& open() {
        if (!book) book.emplace(folder);
        return *book;
    }
};

TagWriter::TagWriter(ProjectSession& session, QObject* parent) : QObject(parent), session_(session) {
    connect(&session_, &ProjectSession::opened, this, [this] {
        place_ = std::make_shared<Place>();
        place_->folder = path(session_.folder());
    });
    connect(&session_, &ProjectSession::closed, this, [this] {
        if (!place_) return;
        background_.start(
            this,
            [place = std::exchange(place_, nullptr)] {
                place->book.reset();
                return true;
            },
            [](bool) {}, [](const Failure&) {});
    });
}

void TagWriter::write(const QString& told, Change change) {
    if (place_) run(place_, told, std::move(change));
}

void TagWriter::run(const std::shared_ptr<Place>& place, const QString& told, Change change) {
    background_.start(
        this, [place, change = std::move(change)] { return change(place->open()); },
        [this, place, told](Undo undo) {
            if (place == place_) Q_EMIT written();
            if (!undo || told.isEmpty()) return;
            Q_EMIT undoOffered(told, {}, [writer = QPointer<TagWriter>(this), place, undo = std::move(undo)] {
                if (!writer) return;
                writer->run(place, {}, [undo](store::TagBook& book) {
                    undo(book);
                    return Undo();
                });
            });
        },
        [this, place](const Failure& failure) {
            if (failure.cancelled) return;
            if (place == place_) Q_EMIT written();  // what is shown is read anew, as it may not be so
            Q_EMIT failed(failure.message, failure.remedy);
        });
}

QString TagWriter::who() {
    QString name = QSettings().value(who_key).toString().simplified();
    for (const char* variable : {"USER", "LOGNAME"}) {
        if (name.isEmpty()) name = qEnvironmentVariable(variable).simplified();
    }
    if (name.isEmpty()) name = QFileInfo(QDir::homePath()).owner();
    return name.isEmpty() ? tr("somebody") : name;
}

void TagWriter::setWho(const QString& name) {
    QSettings().setValue(who_key, name.simplified());
}

}  // namespace rest::ui
