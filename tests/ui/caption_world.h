// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <string>
#include <vector>

#include "core/base/matrix.h"
#include "core/engine/inference/features_key.h"
#include "core/engine/settings/train_settings.h"
#include "core/store/feature_file.h"
#include "core/store/project.h"
#include "tests/ui/clips.h"
#include "ui/look/format.h"

namespace rest::ui {

/// A project with clips that play and a run whose retrieval steps are written by hand: train videos a to c of the
/// classes rowing, surfing, rowing, one that is broken, `more` that have no captions and lie nowhere, and a val video.
class CaptionWorld {
  public:
    static constexpr int side = 32;  // of the networks' views

    explicit CaptionWorld(int more = 0) {
        auto made = store::Project::create(path(folder()));
        made.set_classes(std::vector<std::string>{"rowing", "surfing"});
        std::vector<store::VideoRecord> records;
        for (const char* name : {"train/a.mp4", "train/b.mp4", "train/c.mp4", "val/d.mp4"})
            records.push_back(clip(name, records.size() == 3, records.size() == 1 ? 1 : 0));
        auto broken = records.front();
        broken.name = "train/broken.mp4";
        broken.path = "/nowhere/broken.mp4";
        broken.frames = 0;
        broken.problem = "The file is cut short";
        broken.remedy = "Copy it again from its source.";
        records.push_back(broken);
        for (int i = 0; i < more; ++i) {
            auto one = records.front();
            one.name = "train/more " + std::to_string(100 + i) + ".mp4";
            one.path = "/nowhere/" + one.name;
            records.push_back(one);
        }
        made.put_videos(records);
        videos = made.videos();
        auto settings = engine::preset("demo");
        settings.clips.image_size = side;
        settings.retrieval.neighbours = 3;
        settings.optimisation.seed = 7;
        run = made.add_run("REST, by hand", engine::to_json(settings));
        std::vector<store::RunClip> clips;
        for (size_t i = 0; i < 3; ++i) clips.push_back({videos[i].id, -1, 0, 0});
        made.put_run_clips(run, clips, {});
    }

    QString folder() const { return dir_.filePath(QStringLiteral("captions.rest")); }
    store::VideoId a() const { return videos[0].id; }
    store::VideoId b() const { return videos[1].id; }
    store::VideoId c() const { return videos[2].id; }
    store::VideoId val() const { return videos[3].id; }
    store::VideoId broken() const { return videos[4].id; }

    /// What the captioner says of video a, once in each of `times` frames.
    void say(int step, const std::string& caption, int times, int first_frame = 0) const {
        std::vector<store::GeneratedCaption> said;
        for (int i = 0; i < times; ++i) {
            said.push_back({a(), step, caption, step == 0 ? "blip" : "run 1 epoch 5", "a video of ",
                            step == 0 ? first_frame + i : -1, -0.5});
        }
        project().add_generated(run, said);
    }

    /// The list of video a; each caption with the video it is of. b and c keep one caption.
    void keep(int step, const std::vector<std::pair<std::string, store::VideoId>>& list) const {
        std::vector<std::vector<store::CaptionRecord>> lists(3);
        const auto put = [&](size_t video, const std::string& caption, store::VideoId source, double score) {
            store::CaptionRecord one;
            one.text = caption;
            one.clip_score = score;
            one.source_video = source;
            const bool own = source == videos[video].id;
            one.origin = own ? store::CaptionOrigin::generated : store::CaptionOrigin::retrieved;
            lists[video].push_back(one);
        };
        double score = 0.4;
        for (const auto& [caption, source] : list) put(0, caption, source, score -= 0.05);
        put(1, "a man surfing", b(), 0.3);
        put(2, "a red boat", c(), 0.3);
        const std::vector<store::VideoId> ids = {a(), b(), c()};
        project().put_step(run, step, ids, lists);
    }

    /// The features that the run retrieved with: a and c are near to one another, b is not.
    void keepFeatures(int step = 0) const {
        const auto made = project();
        Matrix features(3, 2);
        features.values = {1, 0, 0.6f, 0.8f, 0.96f, 0.28f};
        const auto at = [this](int64_t i) -> const store::VideoRecord& {
            return asStarted_.at(static_cast<size_t>(i));
        };
        asStarted_.assign(videos.begin(), videos.begin() + 3);
        for (auto& video : asStarted_) video.file_bytes = video.file_time_ns = 0;
        store::write_features(made.features_dir() / "videos.features", features,
                              "clip " + engine::features_key(8, side, 3, at));
        store::write_features(
            made.features_dir() / ("run_" + std::to_string(run) + "_step_" + std::to_string(step) + ".features"),
            Matrix(1, 2), "clip texts 1");
    }

    /// First captions, and two steps after them.
    void fill() const {
        say(0, "a man in a boat", 5);
        say(0, "a man in water", 3, 5);
        keep(0, {{"a man in a boat", a()}, {"a man surfing", b()}});
        say(1, "a man rowing a boat", 1);
        keep(1, {{"a man in a red boat", c()}, {"a man rowing a boat", a()}});
        keepFeatures();
    }

    store::Project project() const { return store::Project::open(path(folder())); }

    std::vector<store::VideoRecord> videos;
    store::RunId run = 0;

  private:
    store::VideoRecord clip(const std::string& name, bool val, int label) const {
        store::VideoRecord video;
        video.name = name;
        video.path = writeGreyClip(dir_.filePath(QStringLiteral("clips")), text(name), 16).toStdString();
        video.split = val ? dataset::Split::val : dataset::Split::train;
        video.label = label;
        video.frames = 16;
        video.width = 64;
        video.height = 48;
        video.duration_seconds = 1.6;
        return video;
    }

    QTemporaryDir dir_;
    mutable std::vector<store::VideoRecord> asStarted_;
};

}  // namespace rest::ui
