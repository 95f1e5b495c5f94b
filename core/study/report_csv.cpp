// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>
#include <tuple>
#include <unordered_map>

#include "core/base/spreadsheet.h"
#include "core/study/report_text.h"

namespace rest::study {
namespace {

/// `fields` are written unchanged.
std::string row(std::initializer_list<std::string> fields) {
    std::string line;
    for (const auto& field : fields) line += (line.empty() ? "" : ",") + field;
    return line + "\r\n";
}

std::string tam_word(const std::optional<bool>& right) {
    return !right ? "" : *right ? "right" : "wrong";
}

}  // namespace

std::string report_csv(const Study& study, bool pseudonyms) {
    std::unordered_map<std::string, std::string> names;
    for (const auto& [uuid, name] : annotator_names(study, pseudonyms)) names[uuid] = name;
    const auto key = [](const Answer& a) { return std::tuple(a.annotator, a.clip, a.sequence, a.sitting); };
    std::set<std::tuple<std::string, int64_t, int64_t, std::string>> current;
    for (const auto& a : study.current_answers()) {
        if (a.choice != Choice::withdrawn) current.insert(key(a));
    }
    const std::string label = csv_text(study.info().name);
    std::string csv =
        "\xEF\xBB\xBF" + row({"study", "clip", "video", "role", "caption", "class", "clip_tam", "annotator", "sequence",
                              "answer", "reason", "milliseconds", "replays", "time", "current"});
    for (const auto& a : study.answers()) {
        const auto& clip = study.clip(a.clip);
        csv += row({label, std::to_string(a.clip), csv_text(clip.name), to_string(clip.role), csv_text(clip.caption),
                    csv_text(clip.label), tam_word(clip.tam_right), csv_text(names[a.annotator]),
                    std::to_string(a.sequence), to_string(a.choice), csv_text(a.reason), std::to_string(a.milliseconds),
                    std::to_string(a.replays), csv_text(a.time), current.contains(key(a)) ? "yes" : "no"});
    }
    return csv;
}

}  // namespace rest::study
