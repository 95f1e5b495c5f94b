// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/gallery_choice.h"

#include <algorithm>

#include "core/base/random.h"

namespace rest::interchange {
namespace {

using Videos = std::vector<const store::VideoRecord*>;

/// `count` of them, in their own order.
Videos drawn(Videos videos, size_t count, Random random) {
    for (size_t i = 0; i < std::min(count, videos.size()); ++i)
        std::swap(videos[i], videos[i + random.below(static_cast<uint32_t>(videos.size() - i))]);
    videos.resize(std::min(count, videos.size()));
    std::ranges::sort(videos, {}, [](const auto* video) { return video->id; });
    return videos;
}

Videos named(const RunSource& source, const std::vector<std::string>& names) {
    Videos videos;
    for (const auto& name : names) {
        const auto found = std::ranges::find(source.videos, name, &store::VideoRecord::name);
        if (found == source.videos.end())
            throw Error(ErrorCode::not_found,
                        "The project " + source.project.folder().string() + " has no video " + name,
                        "Give its name as the Dataset page shows it.");
        videos.push_back(&*found);
    }
    return videos;
}

}  // namespace

Videos choose_gallery(const RunSource& source, const std::optional<MeasuredEpoch>& epoch,
                      const std::vector<std::string>& names, size_t count) {
    if (!names.empty()) return named(source, names);
    Videos trained, right, wrong;
    for (const auto& video : source.videos)
        if (video.split == dataset::Split::train && video.problem.empty()) trained.push_back(&video);
    if (epoch)
        for (const auto& prediction : epoch->predictions)
            if (const auto* video = source.video(prediction.video); video && prediction.rank >= 0)
                (prediction.rank == 0 ? right : wrong).push_back(video);
    if (source.run.step < 0) trained.clear();
    Videos all;
    uint64_t kind = 0;
    for (auto* videos : {&wrong, &right, &trained}) {
        auto some = drawn(std::move(*videos), count, Random(static_cast<uint64_t>(source.run.id), kind++));
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

}  // namespace rest::interchange
