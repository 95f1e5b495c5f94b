// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>

#include "core/store/project.h"
#include "ui/session/background.h"
#include "ui/session/video_table.h"

namespace rest::ui {

/// The project that is open, read-only, and its table of videos.
///
/// Every read runs on one worker thread that owns the Project; results come back on the window's thread. Results that
/// belong to a project closed meanwhile are dropped. A project stays open until the next one has been opened: if
/// opening fails, nothing changes. All calls from the window's thread.
class ProjectSession : public QObject {
    Q_OBJECT

  public:
    explicit ProjectSession(QObject* parent = nullptr);
    ~ProjectSession() override;

    /// Emits closed() if one was open, and opened(); or failed() and openFailed(). Of several calls the last counts.
    void open(const QString& folder);
    void create(const QString& folder);
    void close();

    bool isOpen() const { return !folder_.isEmpty(); }
    QString folder() const { return folder_; }
    /// A run of the project, 0 for none: the identifier in events, selections and jumps.
    store::RunRef ref(store::RunId run = 0) const { return {identity_, run}; }
    bool holds(const store::RunRef& run) const { return isOpen() && run.project == identity_; }
    QString name() const;
    QString kind() const { return kind_; }
    const store::ProjectModels& models() const { return models_; }
    /// Writes the models to the project; emits `failed` if another job holds it.
    void setModels(const store::ProjectModels& models);

    /// Never null; empty without a project.
    std::shared_ptr<const VideoTable> videos() const { return videos_; }
    void reloadVideos();
    /// No read is in progress.
    bool idle() const { return background_.idle(); }

    /// Runs `work(const Project&)` on the worker and `done(result)` here, while `context` lives and the project stays
    /// open. If the work throws, `otherwise()` runs instead, after failed() has reported why, so that a caller who
    /// waits for an answer gets one. Without an open project neither runs.
    template <class Work, class Done>
    void read(QObject* context, Work work, Done done, std::function<void()> otherwise = {}) {
        if (!isOpen()) return;
        background_.start(
            context, [work = std::move(work), project = project_] { return work(std::as_const(**project)); },
            std::move(done),
            [this, otherwise = std::move(otherwise)](const Failure& failure) {
                tell(failure);
                if (otherwise) otherwise();
            });
    }

  Q_SIGNALS:
    void opened();
    void closed();
    void videosChanged();
    void modelsChanged();
    void failed(const QString& message, const QString& remedy);
    void openFailed();

  private:
    using Held = std::shared_ptr<std::optional<store::Project>>;  // its content is accessed on the worker only
    struct Opened;
    void openWith(std::function<store::Project()> opener);
    void take(Opened found);
    void letGo();
    void closeOnWorker(Held project);
    void tell(const Failure& failure);

    Held project_;
    int asked_ = 0;  // counts openings and closings
    bool reload_wanted_ = false;
    bool reloading_ = false;
    QString folder_;
    std::filesystem::path identity_;
    QString kind_;
    store::ProjectModels models_;
    std::shared_ptr<const VideoTable> videos_;
    Background background_;  // last: it ends before what it uses
};

}  // namespace rest::ui
