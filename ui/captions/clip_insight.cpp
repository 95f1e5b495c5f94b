// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/clip_insight.h"

#include <algorithm>

#include "core/engine/inference/network_views.h"
#include "ui/look/format.h"
#include "ui/look/image_convert.h"

namespace rest::ui {

namespace {
constexpr int patience_ms = 60;
constexpr int videos_kept = 24;  // views of 224 pixels take a megabyte
constexpr int64_t neighbours_shown = 24;

QList<QImage> pictures(const std::vector<image::Image>& views) {
    QList<QImage> out;
    for (const image::Image& view : views) out << toQImage(view);
    return out;
}
}  // namespace

ClipInsight::ClipInsight(QObject* parent) : QObject(parent), kept_views_(videos_kept) {
    wait_.setSingleShot(true);
    wait_.setInterval(patience_ms);
    connect(&wait_, &QTimer::timeout, this, [this] {
        findViews();
        findNear();
    });
    forget();
}

void ClipInsight::forget() {
    wait_.stop();
    views_.cancel();
    near_.cancel();
    kept_views_.clear();
    kept_near_.clear();
    opened_ = std::make_shared<std::optional<Expected<engine::NearVideos>>>();
}

void ClipInsight::ask(const InsightQuestion& question) {
    question_ = question;
    views_.cancel();
    near_.cancel();
    wait_.start();
}

void ClipInsight::findViews() {
    const store::VideoId id = question_.video.id;
    if (const QList<QImage>* kept = kept_views_.object(id)) {
        Q_EMIT viewsFound(id, *kept);
        return;
    }
    if (!question_.video.problem.empty()) {
        Q_EMIT viewsFailed(id, text(question_.video.problem), text(question_.video.remedy));
        return;
    }
    views_.start(
        this,
        [file = question_.video.path, models = question_.models, settings = question_.settings](Task& task) {
            const int64_t side = engine::view_side(models, settings);
            auto views = engine::network_views(file, settings.clips.frames, side, task);
            if (!views) return Expected<QList<QImage>>(tl::unexpected(views.error()));
            return Expected<QList<QImage>>(pictures(*views));
        },
        [this, id](const Expected<QList<QImage>>& views) {
            if (!views) {
                const QString file = fileName(views.error().file);
                Q_EMIT viewsFailed(id, file + QStringLiteral(": ") + text(views.error().message),
                                   text(views.error().remedy));
                return;
            }
            kept_views_.insert(id, new QList<QImage>(*views));
            Q_EMIT viewsFound(id, *views);
        },
        [this, id](const Failure& failure) {
            if (!failure.cancelled) Q_EMIT viewsFailed(id, failure.message, failure.remedy);
        });
}

bool ClipInsight::knowsSources() const {
    const auto at = kept_near_.constFind(question_.video.id);
    if (at == kept_near_.constEnd()) return false;
    return std::ranges::all_of(question_.sources, [&](store::VideoId source) {
        return std::ranges::count(at->others, source, &engine::NearVideo::video) > 0;
    });
}

void ClipInsight::findNear() {
    const store::VideoId id = question_.video.id;
    if (knowsSources()) {
        Q_EMIT nearFound(id, kept_near_.value(id));
        return;
    }
    near_.start(
        this,
        [opened = opened_, question = question_](Task& task) -> Expected<engine::Nearness> {
            if (!*opened) {
                const auto project = store::Project::open(path(question.project), store::OpenMode::read_only);
                opened->emplace(engine::NearVideos::open(project, question.run.id));
            }
            const Expected<engine::NearVideos>& near = **opened;
            if (!near) return tl::unexpected(near.error());
            const std::vector<store::VideoId> sources(question.sources.begin(), question.sources.end());
            return near->find(question.video.id, std::min(near->neighbours(), neighbours_shown), sources, task);
        },
        [this, id](const Expected<engine::Nearness>& near) {
            if (!near) {
                Q_EMIT nearFailed(id, text(near.error().message), text(near.error().remedy));
                return;
            }
            if (kept_near_.size() >= videos_kept) kept_near_.clear();
            kept_near_.insert(id, *near);
            Q_EMIT nearFound(id, *near);
        },
        [this, id](const Failure& failure) {
            if (!failure.cancelled) Q_EMIT nearFailed(id, failure.message, failure.remedy);
        });
}

}  // namespace rest::ui
