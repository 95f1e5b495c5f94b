// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <optional>

#include "core/store/project.h"
#include "ui/session/video_table.h"

namespace rest::ui {

/// The project that is open, read-only, and its table of videos.
///
/// Every read runs on one worker thread that owns the Project; results come back on the window's thread. Results that
/// belong to a project closed meanwhile are dropped. All calls from the window's thread.
class ProjectSession : public QObject {
    Q_OBJECT

  public:
    explicit ProjectSession(QObject* parent = nullptr);
    ~ProjectSession() override;

    void open(const QString& folder);
    void create(const QString& folder);
    void close();

    bool isOpen() const { return !folder_.isEmpty(); }
    QString folder() const { return folder_; }
    QString name() const;
    QString kind() const { return kind_; }
    const store::ProjectModels& models() const { return models_; }
    /// Writes the models to the project; `failed` when another job holds it.
    void setModels(const store::ProjectModels& models);

    /// Never null; empty without a project.
    std::shared_ptr<const VideoTable> videos() const { return videos_; }
    void reloadVideos();
    /// No read is under way.
    bool idle() const { return pending_ == 0; }

    /// Runs `work(const Project&)` on the worker and `done(result)` here, while `context` lives.
    template <class Work, class Done>
    void read(QObject* context, Work work, Done done) {
        start([this, work, done, guard = QPointer<QObject>(context)](const store::Project& project) -> Reply {
            auto result = std::make_shared<std::invoke_result_t<Work, const store::Project&>>(work(project));
            return [result, done, guard] {
                if (guard) done(std::move(*result));
            };
        });
    }

  Q_SIGNALS:
    void opened();
    void closed();
    void videosChanged();
    void modelsChanged();
    void failed(const QString& message, const QString& remedy);

  private:
    using Reply = std::function<void()>;
    void start(std::function<Reply(const store::Project&)> work);
    void openWith(std::function<store::Project()> opener);
    void background(std::function<Reply()> work);

    QThreadPool pool_;
    std::shared_ptr<std::optional<store::Project>> project_;  // touched on the worker only
    int generation_ = 0;
    int pending_ = 0;
    bool reload_wanted_ = false;
    bool reloading_ = false;
    QString folder_;
    QString kind_;
    store::ProjectModels models_;
    std::shared_ptr<const VideoTable> videos_;
};

}  // namespace rest::ui
