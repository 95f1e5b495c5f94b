// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QHash>
#include <QImage>
#include <QList>
#include <QObject>
#include <QTimer>
#include <memory>

#include "core/engine/measure/near_videos.h"
#include "core/engine/settings/train_settings.h"
#include "core/store/run_ref.h"
#include "ui/captions/latest_work.h"

namespace rest::ui {

/// What is to be worked out, of which video, for which run.
struct InsightQuestion {
    QString project;  // folder
    store::RunRef run;
    store::VideoRecord video;
    store::ProjectModels models;
    engine::TrainSettings settings;
    QList<store::VideoId> sources;  // whose similarity is wanted too
};

/// Works out behind the window how the networks see the video that is shown, and which videos are its neighbours. What
/// was found is kept until forget(). Only the newest question is answered, a moment after it was asked, so that walking
/// through a list costs nothing.
class ClipInsight : public QObject {
    Q_OBJECT

  public:
    explicit ClipInsight(QObject* parent = nullptr);
    void ask(const InsightQuestion& question);
    /// Nothing found before holds any more: another project or run, or a step that has come.
    void forget();
    bool idle() const { return !wait_.isActive() && views_.idle() && near_.idle(); }

  Q_SIGNALS:
    void viewsFound(qint64 video, const QList<QImage>& views);
    void viewsFailed(qint64 video, const QString& message, const QString& remedy);
    void nearFound(qint64 video, const rest::engine::Nearness& near);
    void nearFailed(qint64 video, const QString& message, const QString& remedy);

  private:
    /// Opened once for a run, on the thread that uses it.
    using Opened = std::shared_ptr<std::optional<Expected<engine::NearVideos>>>;
    void findViews();
    void findNear();
    bool knowsSources() const;

    InsightQuestion question_;
    QTimer wait_;
    QCache<store::VideoId, QList<QImage>> kept_views_;
    QHash<store::VideoId, engine::Nearness> kept_near_;
    Opened opened_;
    LatestWork views_, near_;
};

}  // namespace rest::ui
