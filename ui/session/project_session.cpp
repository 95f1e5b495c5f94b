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

void ProjectSession::openWith(std::function<store::Project()> opener) {
    close();
    struct Opened {
        QString folder, kind;
        store::ProjectModels models;
        std::shared_ptr<const VideoTable> videos;
    };
    background_.start(
        this,
        [opener = std::move(opener), project = project_] {
            project->emplace(opener());
            const store::Project& store = **project;
            return Opened{text(store.folder()), text(store.kind()), store.models(),
                          std::make_shared<const VideoTable>(makeVideoTable(store.videos(), store.classes()))};
        },
        [this](const Opened& found) {
            folder_ = found.folder;
            kind_ = found.kind;
            models_ = found.models;
            videos_ = found.videos;
            Q_EMIT opened();
        },
        [this](const Failure& failure) { tell(failure); });
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
    background_.forget();
    const bool was_open = isOpen();
    folder_.clear();
    kind_.clear();
    models_ = {};
    reloading_ = reload_wanted_ = false;
    videos_ = std::make_shared<VideoTable>();
    background_.start(
        this,
        [project = project_] {
            project->reset();
            return true;
        },
        [](bool) {}, [](const Failure&) {});
    if (was_open) Q_EMIT closed();
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
        this,
        [](const store::Project& project) {
            return std::make_shared<const VideoTable>(makeVideoTable(project.videos(), project.classes()));
        },
        [this](std::shared_ptr<const VideoTable> table) {
            videos_ = std::move(table);
            reloading_ = false;
            Q_EMIT videosChanged();
            if (std::exchange(reload_wanted_, false)) reloadVideos();
        },
        [this] { reloading_ = reload_wanted_ = false; });
}

}  // namespace rest::ui
