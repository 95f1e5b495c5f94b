// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cctype>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/interchange/exporters.h"
#include "core/interchange/newest_caption.h"
#include "core/interchange/plain_file.h"

namespace rest::interchange {
namespace {

using Json = nlohmann::ordered_json;

// The study's question (Sec. 4), with the keys of our own rating.
constexpr std::string_view kInterface = R"(<View>
  <Video name="video" value="$video"/>
  <Text name="caption" value="$caption"/>
  <Header value="Does the text describe the action shown in the video?"/>
  <Choices name="verdict" toName="video" choice="single" required="true" showInline="true">
    <Choice value="yes" hotkey="y"/>
    <Choice value="no" hotkey="n"/>
  </Choices>
</View>
)";

/// A file of the machine that Label Studio runs on, as its local storage serves it when
/// LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT is "/".
std::string local_file(const std::string& path) {
    std::string url = "/data/local-files/?d=";
    for (const char c : std::string_view(path).substr(path.starts_with('/') ? 1 : 0)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            byte < 0x80U && (std::isalnum(byte) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos);
        url += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
    }
    return url;
}

/// What CLIP-TAM says of a caption, as an answer to the question.
Json prediction_of(const RunSource& source, const MeasuredEpoch& epoch, const store::PredictionRecord& prediction) {
    return {{"model_version", fmt::format("run {} epoch {}", source.run.id, epoch.epoch)},
            {"result", Json::array({{{"id", fmt::format("tam-{}", prediction.video)},
                                     {"from_name", "verdict"},
                                     {"to_name", "video"},
                                     {"type", "choices"},
                                     {"value", {{"choices", Json::array({prediction.rank == 0 ? "yes" : "no"})}}}}})}};
}

}  // namespace

int64_t write_label_studio(const RunSource& source, const std::optional<MeasuredEpoch>& epoch,
                           const std::filesystem::path& folder, Task& task) {
    const NewestCaptions captions(source, epoch);
    task.begin("Exporting tasks", "videos", static_cast<int64_t>(source.videos.size()));
    Json tasks = Json::array();
    int64_t done = 0;
    for (const auto& video : source.videos) {
        task.check();
        task.advance(++done);
        const auto caption = captions.of(video);
        if (!caption) continue;
        Json row = {{"data",
                     {{"video", local_file(video.path)},
                      {"caption", caption->text},
                      {"name", video.name},
                      {"split", dataset::to_string(video.split)},
                      {"class", source.class_of(video)},
                      {"run", source.run.id},
                      {"made_at", caption->where}}}};
        if (caption->prediction && caption->prediction->rank >= 0)
            row["predictions"] = Json::array({prediction_of(source, *epoch, *caption->prediction)});
        tasks.push_back(std::move(row));
    }
    write_plain_file(folder / "tasks.json", tasks.dump(1, ' ', false, nlohmann::json::error_handler_t::replace));
    write_plain_file(folder / "config.xml", kInterface);
    return std::ssize(tasks);
}

}  // namespace rest::interchange
