// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_session.h"

#include <QFileInfo>

#include "ui/look/format.h"

namespace rest::ui {

ProjectSession::ProjectSession(QObject* parent)
    : QObject(parent),
      project_(std::make_shared<std::optional<store::Project>>()),
      videos_(std::make_shared<VideoTable>()) {
    pool_.setMaxThreadCount(1);
    pool_.setExpiryTimeout(-1);
}

ProjectSession::~ProjectSession() {
    pool_.clear();
    pool_.waitForDone();
}

QString ProjectSession::name() const {
    QString name = QFileInfo(folder_).fileName();
    if (name.endsWith(QLatin1String(".rest"))) name.chop(5);
    return name;
}

void ProjectSession::background(std::function<Reply()> work) {
    ++pending_;
    pool_.start([this, work = std::move(work), generation = generation_] {
        Reply reply;
        try {
            reply = work();
        } catch (const Error& error) {
            reply = [this, message = text(error.what()), remedy = text(error.remedy())] {
                Q_EMIT failed(message, remedy);
            };
        } catch (const std::exception& error) {
            reply = [this, message = text(error.what())] { Q_EMIT failed(message, {}); };
        }
        QMetaObject::invokeMethod(
            this,
            [this, reply, generation] {
                --pending_;
                if (reply && generation == generation_) reply();
            },
            Qt::QueuedConnection);
    });
}

void ProjectSession::start(std::function<Reply(const store::Project&)> work) {
    if (!isOpen()) return;
    background([project = project_, work = std::move(work)]() -> Reply {
        return project->has_value() ? work(**project) : Reply();
    });
}

void ProjectSession::openWith(std::function<store::Project()> opener) {
    close();
    background([this, opener = std::move(opener), project = project_]() -> Reply {
        project->emplace(opener());
        const store::Project& store = **project;
        auto table = std::make_shared<const VideoTable>(makeVideoTable(store.videos(), store.classes()));
        return [this, table, folder = text(store.folder()), kind = text(store.kind()), models = store.models()] {
            folder_ = folder;
            kind_ = kind;
            models_ = models;
            videos_ = table;
            Q_EMIT this->opened();
        };
    });
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
    ++generation_;
    const bool was_open = isOpen();
    folder_.clear();
    kind_.clear();
    models_ = {};
    reloading_ = reload_wanted_ = false;
    videos_ = std::make_shared<VideoTable>();
    background([project = project_]() -> Reply {
        project->reset();
        return {};
    });
    if (was_open) Q_EMIT closed();
}

void ProjectSession::setModels(const store::ProjectModels& models) {
    if (!isOpen()) return;
    background([this, models, where = path(folder_)]() -> Reply {
        store::Project::open(where, store::OpenMode::read_write).set_models(models);
        return [this, models] {
            models_ = models;
            Q_EMIT modelsChanged();
        };
    });
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
        });
}

}  // namespace rest::ui
