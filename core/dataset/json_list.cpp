// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/json_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/strings.h"
#include "core/dataset/headed_list.h"
#include "core/dataset/name_keys.h"

namespace rest::dataset {
namespace {

using Json = nlohmann::json;

constexpr const char* kLongVideos =
    "it names several pieces of one video (\"annotations\" is a list), and clips are files of their own here";

std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() ? value.dump() : std::string();
}

/// Something-Something's template "Holding [something]" as its list of classes spells it.
std::string without_brackets(std::string text) {
    std::erase_if(text, [](char c) { return c == '[' || c == ']'; });
    return text;
}

class Reader {
  public:
    explicit Reader(std::optional<Split> otherwise) : otherwise_(otherwise) {}

    void read_all(const Json& value) {
        if (value.is_array())
            read_array(value, otherwise_);
        else if (value.is_object())
            read_members(value);
    }

    tl::expected<ListRows, std::string> finish() {
        if (long_videos_ > 0) return tl::unexpected(std::string(kLongVideos));
        if (out_.rows.empty())
            return tl::unexpected(std::string("it is JSON in which no member is named path, video_id or id"));
        if (unread_ > 0) out_.notes.push_back(std::to_string(unread_) + " entries name no clip");
        splits_.tell(out_.notes);
        numbers_for_labels(out_.rows);
        return std::move(out_);
    }

    void read_entry(const Json& entry, std::optional<Split> split, const std::string& key = {}) {
        ListRow row;
        if (entry.is_string() && key.empty()) {
            row.path = entry.get<std::string>();
            row.split = split;
        } else if (entry.is_array() && entry.size() == 2 && entry[0].is_string()) {
            row.path = entry[0].get<std::string>();
            row.label = text_of(entry[1]);
            row.split = split;
        } else if (!entry.is_object() || !read_object(entry, split, key, row)) {
            ++unread_;
            return;
        }
        out_.rows.push_back(std::move(row));
    }

  private:
    void read_array(const Json& array, std::optional<Split> split) {
        for (const auto& entry : array) read_entry(entry, split);
    }

    /// Members are splits, or videos, or contain the list ("database").
    void read_members(const Json& object) {
        for (const auto& [key, value] : object.items()) {
            const auto split = split_from_string(key);
            if (value.is_array() && split)
                read_array(value, split);
            else if (value.is_array() && !value.empty() && value[0].is_object())
                read_array(value, otherwise_);
            else if (value.is_object() && class_key(key) == "database")
                read_members(value);
            else if (value.is_object())
                read_entry(value, split ? split : otherwise_, key);
        }
    }

    bool read_object(const Json& object, std::optional<Split> split, const std::string& key, ListRow& row) {
        std::vector<std::string> header, cells;
        flatten(object, header, cells);
        if (!key.empty()) {
            // After the members: an explicit id takes precedence over the object's key.
            header.emplace_back("id");
            cells.push_back(key);
        }
        const Columns columns(header);
        if (!columns.read(cells, row)) return false;
        if (columns.label >= 0 && class_key(header[static_cast<size_t>(columns.label)]) == "template")
            row.label = without_brackets(row.label);
        const std::string written = columns.split < 0 ? std::string() : cells[static_cast<size_t>(columns.split)];
        return splits_.read(written, split, row);
    }

    void flatten(const Json& object, std::vector<std::string>& header, std::vector<std::string>& cells) {
        const auto add = [&](const std::string& name, std::string value) {
            header.push_back(name);
            cells.push_back(std::move(value));
        };
        for (const auto& [name, value] : object.items()) {
            const std::string key = class_key(name);
            if (value.is_object()) {
                flatten(value, header, cells);
            } else if (key == "segment" && value.is_array() && value.size() == 2) {
                add("time_start", text_of(value[0]));
                add("time_end", text_of(value[1]));
            } else if (key == "annotations" && value.is_array()) {
                ++long_videos_;
            } else {
                add(name, text_of(value));
            }
        }
    }

    std::optional<Split> otherwise_;
    ListRows out_;
    SplitColumn splits_;
    int64_t unread_ = 0, long_videos_ = 0;
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

tl::expected<ListRows, std::string> read_json_list(std::string_view text, std::optional<Split> otherwise) {
    Reader reader(otherwise);
    const auto whole = parse_json(text);
    if (whole) {
        reader.read_all(*whole);
        return reader.finish();
    }
    const auto lines = split_lines(text);
    for (size_t i = 0; i < lines.size(); ++i) {
        if (trimmed(lines[i]).empty()) continue;
        const auto entry = parse_json(lines[i]);
        if (!entry) {
            return tl::unexpected(i == 0 ? "it is damaged JSON: " + whole.error()
                                         : "line " + std::to_string(i + 1) + " is damaged JSON: " + entry.error());
        }
        reader.read_entry(*entry, otherwise);
    }
    return reader.finish();
}

}  // namespace rest::dataset
