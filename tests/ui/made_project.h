// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <string>
#include <tuple>
#include <vector>

#include "core/engine/settings/train_settings.h"
#include "core/store/project.h"
#include "ui/look/format.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"
#include "ui/shell/main_window.h"

namespace rest::ui {

/// A prediction: caption, top-1 class, rank of the true class from 0.
using Said = std::tuple<std::string, int, int>;

/// A project of three classes (0 juggling balls, 1 rowing boat, 2 surfing), a train video and four val clips a to d of
/// the classes 1, 1, 0 and 2. Their files do not exist.
struct MadeProject {
    QString folder;
    store::VideoId train = 0;
    std::vector<store::VideoId> clips;  // a to d

    /// `more`: additional val clips of class 0.
    explicit MadeProject(const QString& where, int more = 0) : folder(where) {
        auto project = store::Project::create(path(where));
        project.set_classes(std::vector<std::string>{"juggling balls", "rowing boat", "surfing"});
        std::vector<store::VideoRecord> videos;
        const auto add = [&](const std::string& name, dataset::Split split, int label) {
            store::VideoRecord video;
            video.name = name;
            video.path = "/nowhere/" + name;
            video.split = split;
            video.label = label;
            videos.push_back(video);
        };
        add("train/t.mp4", dataset::Split::train, 1);
        add("val/a.mp4", dataset::Split::val, 1);
        add("val/b.mp4", dataset::Split::val, 1);
        add("val/c.mp4", dataset::Split::val, 0);
        add("val/d.mp4", dataset::Split::val, 2);
        for (int i = 0; i < more; ++i) add("val/more " + std::to_string(i) + ".mp4", dataset::Split::val, 0);
        project.put_videos(videos);
        for (const auto& video : project.videos()) {
            if (video.split == dataset::Split::val)
                clips.push_back(video.id);
            else
                train = video.id;
        }
    }

    store::RunId addRun(const std::string& name, store::RunKind kind = store::RunKind::training) const {
        auto project = store::Project::open(path(folder));
        const auto run = project.add_run(name, engine::to_json(engine::preset("demo")), kind);
        project.set_run_status(run, store::RunStatus::finished);
        return run;
    }

    void measure(store::RunId run, int epoch, const std::vector<Said>& said) const {
        std::vector<store::PredictionRecord> predictions;
        for (size_t i = 0; i < said.size(); ++i) {
            const auto& [caption, predicted, rank] = said[i];
            predictions.push_back({clips.at(i), caption, -1, predicted, rank});
        }
        store::Project::open(path(folder)).put_predictions(run, epoch, predictions);
    }

    /// The train video's list of a retrieval step: one caption.
    void keep(store::RunId run, int step, const std::string& caption) const {
        auto project = store::Project::open(path(folder));
        store::CaptionRecord kept;
        kept.step = step;
        kept.text = caption;
        kept.clip_score = 0.3;
        kept.source_video = train;
        project.put_step(run, step, std::vector<store::VideoId>{train},
                         std::vector<std::vector<store::CaptionRecord>>{{kept}});
    }

    void addCurve(store::RunId run, const std::string& name, const std::vector<double>& values) const {
        std::vector<store::MetricPoint> points;
        for (size_t i = 0; i < values.size(); ++i) points.push_back({name, static_cast<int64_t>(i), values[i], 0});
        store::Project::open(path(folder)).add_metrics(run, points);
    }
};

/// Opens a project in a window and waits until its videos and runs are loaded.
inline bool openIn(MainWindow& window, const MadeProject& made) {
    window.show();
    window.openProject(made.folder);
    if (!QTest::qWaitFor([&] { return window.session().isOpen() && window.session().folder() == made.folder; }))
        return false;
    return QTest::qWaitFor([&] { return window.session().idle(); });
}

/// The texts of a page's buttons that can be pressed now.
template <class Button>
QStringList pressable(const QWidget& page) {
    QStringList texts;
    for (const Button* button : page.findChildren<Button*>()) {
        if (button->isVisible() && button->isEnabled()) texts << button->text();
    }
    return texts;
}

}  // namespace rest::ui
