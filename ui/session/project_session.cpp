// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_session.h"

#include <QFileInfo>

#include "ui/look/format.h"

namespace rest::ui {

ProjectSession::ProjectSession(QObject* parent)
    : QObject(parent),
      project_(std::make_shared<std::optional<store::Project>>()),
      videos_(std::make_shared<VideoTable>()) {}

ProjectSession::~ProjectSession() = default;

QString ProjectSession::name() const {
    QString name = QFileInfo(folder_).fileName();
    if (name.endsWith(QLatin1String(".rest"))) name.chop(5);
    return name;
}

void ProjectSession::tell(const Failure& failure) {
    if (!failure.cancelled) Q_EMIT failed(failure.message, failure.remedy);
}

/// An opened project and what is shown of it immediately.
struct ProjectSession::Opened {
    Held project;
    QString folder, kind;
    std::filesystem::path identity;
    store::ProjectModels models;
    std::shared_ptr<const VideoTable> videos;
};

void ProjectSession::openWith(std::function<store::Project()> opener) {
    const int asked = ++asked_;
    background_.start(
        this,
        [opener = std::move(opener)] {
            auto held = std::make_shared<std::optional<store::Project>>(opener());
            const store::Project& store = **held;
            return Opened{held,
                          text(store.folder()),
                          text(store.kind()),
                          store.identity(),
                          store.models(),
                          std::make_shared<const VideoTable>(readVideoTable(store))};
        },
        [this, asked](Opened found) {
            if (asked == asked_) return take(std::move(found));
            closeOnWorker(std::move(found.project));
        },
        [this, asked](const Failure& failure) {
            if (asked != asked_) return;
            tell(failure);
            Q_EMIT openFailed();
        });
}

void ProjectSession::take(Opened found) {
    letGo();
    project_ = std::move(found.project);
    folder_ = found.folder;
    identity_ = std::move(found.identity);
    kind_ = found.kind;
    models_ = found.models;
    videos_ = found.videos;
    Q_EMIT opened();
}

void ProjectSession::open(const QString& folder) {
    openWith([where = path(folder)] { return store::Project::open(where, store::OpenMode::read_only); });
}

void ProjectSession::create(const QString& folder) {
    openWith([where = path(folder)] {
        std::filesystem::path made;
        {
            const store::Project project = store::Project::create(where);
            made = project.folder();
        }
        return store::Project::open(made, store::OpenMode::read_only);
    });
}

void ProjectSession::close() {
    ++asked_;
    letGo();
}

/// Pending reads of the project are not answered any more.
void ProjectSession::letGo() {
    background_.forget();
    const bool was_open = isOpen();
    folder_.clear();
    identity_.clear();
    kind_.clear();
    models_ = {};
    reloading_ = reload_wanted_ = false;
    videos_ = std::make_shared<VideoTable>();
    closeOnWorker(std::exchange(project_, std::make_shared<std::optional<store::Project>>()));
    if (was_open) Q_EMIT closed();
}

/// The database belongs to the worker thread.
void ProjectSession::closeOnWorker(Held project) {
    background_.start(
        this,
        [project = std::move(project)] {
            project->reset();
            return true;
        },
        [](bool) {}, [](const Failure&) {});
}

void ProjectSession::setModels(const store::ProjectModels& models) {
    if (!isOpen()) return;
    background_.start(
        this,
        [models, where = path(folder_)] {
            store::Project::open(where, store::OpenMode::read_write).set_models(models);
            return models;
        },
        [this](const store::ProjectModels& written) {
            models_ = written;
            Q_EMIT modelsChanged();
        },
        [this](const Failure& failure) { tell(failure); });
}

void ProjectSession::reloadVideos() {
    if (!isOpen()) return;
    if (reloading_) {
        reload_wanted_ = true;
        return;
    }
    reloading_ = true;
    read(
        this, [](const store::Project& project) { return std::make_shared<const VideoTable>(readVideoTable(project)); },
        [this](std::shared_ptr<const VideoTable> table) {
            videos_ = std::move(table);
            reloading_ = false;
            Q_EMIT videosChanged();
            if (std::exchange(reload_wanted_, false)) reloadVideos();
        },
        [this] { reloading_ = reload_wanted_ = false; });
}

}  // namespace rest::ui
