// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/json_list.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "core/base/json_text.h"
#include "core/base/strings.h"
#include "core/dataset/headed_list.h"
#include "core/dataset/names/name_keys.h"

namespace rest::dataset {
namespace {

using Json = nlohmann::json;

constexpr const char* kLongVideos =
    "it names several pieces of one video (\"annotations\" is a list), and here each clip is a file of its own";
constexpr const char* kLabelStudio =
    "it is Label Studio's whole export, with what each annotator did; export it as JSON-MIN or CSV";

/// As class_key() has them: what people say of a video, which is no class of it.
constexpr std::array<std::string_view, 7> kCaptionMembers = {"caption",   "captions",    "encap", "sentence",
                                                             "sentences", "description", "text"};

std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() ? value.dump() : std::string();
}

/// Something-Something's template "Holding [something]" as its list of classes spells it.
std::string without_brackets(std::string text) {
    std::erase_if(text, [](char c) { return c == '[' || c == ']'; });
    return text;
}

/// The members of an object, those of inner objects too, as a header and its cells.
struct Members {
    std::vector<std::string> names, values;
    bool pieces = false;        // "annotations" is a list
    bool label_studio = false;  // of what annotators chose
    bool captions = false;

    explicit Members(const Json& object) { flatten(object); }

    void add(const std::string& name, std::string value) {
        names.push_back(name);
        values.push_back(std::move(value));
    }

  private:
    void flatten(const Json& object) {
        for (const auto& [name, value] : object.items()) {
            const std::string key = class_key(name);
            captions =
                captions || std::find(kCaptionMembers.begin(), kCaptionMembers.end(), key) != kCaptionMembers.end();
            if (value.is_object()) {
                flatten(value);
            } else if (key == "segment" && value.is_array() && value.size() == 2) {
                add("time_start", text_of(value[0]));
                add("time_end", text_of(value[1]));
            } else if (key == "annotations" && value.is_array()) {
                pieces = true;
                label_studio = label_studio || (!value.empty() && value[0].is_object() && value[0].contains("result"));
            } else {
                add(name, text_of(value));
            }
        }
    }
};

/// Python writes numbers that are none as JSON has no word for: NaN, Infinity.
std::string without_nan(std::string_view text) {
    constexpr std::array<std::string_view, 3> kWords = {"-Infinity", "Infinity", "NaN"};
    std::string out;
    bool in_string = false;
    for (size_t at = 0; at < text.size();) {
        const auto is_here = [rest = text.substr(at)](std::string_view word) { return rest.starts_with(word); };
        const auto word = in_string ? kWords.end() : std::find_if(kWords.begin(), kWords.end(), is_here);
        if (word != kWords.end()) {
            out += "null";
            at += word->size();
            continue;
        }
        if (in_string && text[at] == '\\' && at + 1 < text.size())
            out += text[at++];
        else if (text[at] == '"')
            in_string = !in_string;
        out += text[at++];
    }
    return out;
}

tl::expected<Json, std::string> parse_python(std::string_view text) {
    auto json = parse_json(text);
    const bool may_mend = text.find("NaN") != std::string_view::npos || text.find("Infinity") != std::string_view::npos;
    if (json || !may_mend) return json;
    auto mended = parse_json(without_nan(text));
    return mended ? std::move(mended) : std::move(json);
}

class Reader {
  public:
    Reader(std::optional<Split> otherwise, const KnowsClip& knows) : otherwise_(otherwise), knows_(knows) {}

    void read_all(const Json& value) {
        const auto is_plain = [](const Json& member) { return !member.is_structured(); };
        if (value.is_array())
            read_array(value, otherwise_);
        else if (value.is_object() && std::all_of(value.begin(), value.end(), is_plain) && !is_label_map(value))
            read_entry(value, otherwise_);  // JSON lines of one line
        else if (value.is_object())
            read_members(value, otherwise_);
    }

    void read_entry(const Json& entry, std::optional<Split> split, const std::string& key = {}) {
        ListRow row;
        if (entry.is_string() && key.empty()) {
            row.path = entry.get<std::string>();
            row.split = split;
        } else if (entry.is_array() && entry.size() == 2 && entry[0].is_string()) {
            row.path = entry[0].get<std::string>();
            row.label = label_text(text_of(entry[1]));
            row.split = split;
        } else if (entry.is_object()) {
            return read_object(entry, split, key);
        } else {
            ++unread_;
            return;
        }
        add(std::move(row));
    }

    tl::expected<ListRows, std::string> finish() {
        if (label_studio_ > 0) return tl::unexpected(std::string(kLabelStudio));
        if (long_videos_ > 0) return tl::unexpected(std::string(kLongVideos));
        add_captioned();
        if (out_.rows.empty() && !splits_.any_left_out())
            return tl::unexpected(std::string("it is JSON in which no member is named path, video_id or id"));
        if (unread_ > 0) out_.notes.push_back(std::to_string(unread_) + " entries name no clip");
        splits_.tell(out_.notes);
        numbers_for_labels(out_.rows);
        name_numbers();
        return std::move(out_);
    }

  private:
    /// Counts an empty name, which clip names that are texts and keys may be.
    void add(ListRow row) {
        if (row.path.empty() && row.id.empty())
            ++unread_;
        else
            out_.rows.push_back(std::move(row));
    }

    bool names_video(const std::string& name) const {
        return without_video_extensions(name).size() < name.size() || knows_(name);
    }

    void read_array(const Json& array, std::optional<Split> split) {
        for (const auto& entry : array) read_entry(entry, split);
    }

    /// Members are splits, or videos, or classes, or hold the list ("database", "videos", "labels").
    void read_members(const Json& object, std::optional<Split> above) {
        for (const auto& [key, value] : object.items()) {
            const auto named = split_from_string(key);
            const auto split = named ? named : above;
            if (value.is_array())
                read_named_array(key, value, named.has_value(), split);
            else if (value.is_object() && (named || class_key(key) == "database"))
                read_members(value, split);
            else if (value.is_object() && is_label_map(value))
                read_label_map(value, split);
            else if (value.is_object())
                read_entry(value, split, key);
        }
        if (is_label_map(object)) read_label_map(object, above);
    }

    void read_named_array(const std::string& key, const Json& array, bool of_split, std::optional<Split> split) {
        if (of_split || (!array.empty() && array[0].is_object())) return read_array(array, split);
        const bool of_strings =
            std::all_of(array.begin(), array.end(), [](const Json& entry) { return entry.is_string(); });
        if (!of_strings || array.empty()) return;
        const bool of_videos = std::any_of(array.begin(), array.end(), [this](const Json& entry) {
            return names_video(entry.get_ref<const std::string&>());
        });
        if (class_key(key) == "classes" && !of_videos) return array.get_to(classes_), void();
        if (!of_videos) return;
        for (const auto& entry : array) add({.path = entry.get<std::string>(), .label = key, .split = split});
    }

    /// {"a.mp4": "rowing", "b.mp4": 3}
    bool is_label_map(const Json& object) const {
        for (const auto& [key, value] : object.items()) {
            if (!text_of(value).empty() && names_video(key)) return true;
        }
        return false;
    }

    void read_label_map(const Json& object, std::optional<Split> split) {
        for (const auto& [key, value] : object.items()) {
            const std::string label = text_of(value);
            if (!label.empty()) add({.path = key, .label = label_text(label), .split = split});
        }
    }

    void read_object(const Json& object, std::optional<Split> split, const std::string& key) {
        Members members(object);
        label_studio_ += members.label_studio;
        long_videos_ += members.pieces;
        // After the members: an explicit id takes precedence over the object's key.
        if (!key.empty()) members.add("id", key);
        const Columns columns(members.names);
        ListRow row;
        // Under a name there may be anything ("info", "licence").
        if ((!key.empty() && !columns.likely()) || !columns.read(members.values, row)) {
            unread_ += key.empty();
            return;
        }
        if (columns.label >= 0 && class_key(members.names[static_cast<size_t>(columns.label)]) == "template")
            row.label = without_brackets(row.label);
        const std::string written =
            columns.split < 0 ? std::string() : members.values[static_cast<size_t>(columns.split)];
        if (!splits_.read(written, split, row)) return;
        const bool is_caption = members.captions && row.label.empty() && row.number < 0;
        std::string clip = row.path + '\0' + row.id;
        if (is_caption) return captioned_.emplace(std::move(clip), std::move(row)), void();
        listed_.insert(std::move(clip));
        out_.rows.push_back(std::move(row));
    }

    /// Of clips that nothing but captions tells of, one row each.
    void add_captioned() {
        for (auto& [clip, row] : captioned_) {
            if (!listed_.contains(clip)) out_.rows.push_back(std::move(row));
        }
    }

    /// Where the list itself has the names of its numbers.
    void name_numbers() {
        for (auto& row : out_.rows) {
            if (row.number < 0 || row.number >= std::ssize(classes_)) continue;
            row.label = classes_[static_cast<size_t>(row.number)];
            row.number = -1;
        }
    }

    std::optional<Split> otherwise_;
    const KnowsClip& knows_;
    ListRows out_;
    SplitColumn splits_;
    std::vector<std::string> classes_;
    std::unordered_set<std::string> listed_;    // clips of objects that say more than a caption
    std::map<std::string, ListRow> captioned_;  // those of captions
    int64_t unread_ = 0, long_videos_ = 0, label_studio_ = 0;
};

}  // namespace

bool looks_like_json(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('{')) return true;
    if (!text.starts_with('[')) return false;
    // "[x] clip.avi 3" begins a list of paths.
    text = trimmed(text.substr(1));
    return text.empty() || std::string_view("{[\"]").find(text.front()) != std::string_view::npos;
}

tl::expected<ListRows, std::string> read_json_list(std::string_view text, std::optional<Split> otherwise,
                                                   const KnowsClip& knows) {
    Reader reader(otherwise, knows);
    const auto whole = parse_python(text);
    if (whole) {
        reader.read_all(*whole);
        return reader.finish();
    }
    const auto lines = split_lines(text);
    for (size_t i = 0; i < lines.size(); ++i) {
        if (trimmed(lines[i]).empty()) continue;
        const auto entry = parse_python(lines[i]);
        if (!entry) {
            return tl::unexpected(i == 0 ? "it is damaged JSON: " + whole.error()
                                         : "line " + std::to_string(i + 1) + " is damaged JSON: " + entry.error());
        }
        reader.read_entry(*entry, otherwise);
    }
    return reader.finish();
}

}  // namespace rest::dataset
