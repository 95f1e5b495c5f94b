// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/gallery/clip_table.h"
#include "core/store/tag_book.h"

namespace rest::test {

/// A project of three classes (0 juggling, 1 rowing, 2 surfing), val clips a, b, c, d of the classes 1, 1, 0 and none,
/// and a run measured at epochs 5 and 10. At 10 a is read right (as before), b wrong (right before), c right (wrong
/// before) and d, which 5 has not measured, as surfing.
struct MadeGallery {
    QTemporaryDir place;
    std::filesystem::path folder;
    std::vector<store::VideoRecord> videos;
    store::RunId run = 0;

    MadeGallery() : folder(std::filesystem::path(place.path().toStdString()) / "p.rest") {
        auto project = store::Project::create(folder);
        project.set_classes(std::vector<std::string>{"juggling", "rowing", "surfing"});
        std::vector<store::VideoRecord> made;
        for (const auto& [name, label] :
             {std::pair{"a", 1}, std::pair{"b", 1}, std::pair{"c", 0}, std::pair{"d", -1}}) {
            store::VideoRecord video;
            video.name = std::string("val/") + name + ".mp4";
            video.path = place.path().toStdString() + "/" + name + ".mp4";
            video.split = dataset::Split::val;
            video.label = label;
            made.push_back(video);
            write_file_atomically(video.path, std::string("clip ") + name);
        }
        project.put_videos(made);
        videos = project.videos();
        run = project.add_run("REST", "{}");
        project.put_predictions(run, 5,
                                std::vector<store::PredictionRecord>{said(0, "a person rows", {{1, .3F}, {2, .2F}}),
                                                                     said(1, "rowing a boat", {{1, .3F}, {0, .1F}}),
                                                                     said(2, "water", {{2, .25F}, {0, .2F}})});
        project.put_predictions(
            run, 10,
            std::vector<store::PredictionRecord>{said(0, "A person rows a Boat", {{1, .35F}, {2, .25F}, {0, .1F}}),
                                                 said(1, "surfing a wave", {{2, .4F}, {1, .1F}, {0, 0}}),
                                                 said(2, "juggling balls", {{0, .5F}, {1, .3F}, {2, .1F}}),
                                                 said(3, "a surfer on water", {{2, .3F}, {0, .28F}, {1, .2F}})});
    }

    store::Project read() const { return store::Project::open(folder, store::OpenMode::read_only); }
    gallery::EvaluationRef at(int epoch) const { return {run, epoch, 1}; }
    gallery::ClipTable table(bool compared = false) const {
        return gallery::load_clips(read(), videos, at(10), compared ? at(5) : gallery::EvaluationRef());
    }
    store::TaggedClip clip(int i) const {
        const auto t = table();
        return {t.clips.at(static_cast<size_t>(i)).video, t.clips.at(static_cast<size_t>(i)).caption};
    }

  private:
    store::PredictionRecord said(size_t i, const std::string& caption, std::vector<store::NearClass> nearest) const {
        const int label = videos.at(i).label;
        int rank = -1;
        for (size_t n = 0; n < nearest.size(); ++n) {
            if (nearest[n].label == label) rank = static_cast<int>(n);
        }
        return {videos.at(i).id, caption, -0.5, nearest.front().label, rank, std::move(nearest)};
    }
};

}  // namespace rest::test
