// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/filter_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"

namespace rest::gallery {
namespace {

using nlohmann::json;

template <class Enum>
json words_of(const std::set<Enum>& values) {
    json out = json::array();
    for (const Enum value : values) out.push_back(to_string(value));
    return out;
}

json names_of(const std::set<int>& labels, const std::vector<std::string>& classes) {
    json out = json::array();
    for (const int label : labels) {
        if (label < 0) out.push_back(nullptr);
        if (label >= 0 && label < std::ssize(classes)) out.push_back(classes[static_cast<size_t>(label)]);
    }
    return out;
}

class Reader {
  public:
    Reader(const json& document, const std::vector<std::string>& classes, const std::vector<store::Tag>& tags)
        : document_(document), classes_(classes), tags_(tags) {}

    ReadFilter run() {
        ClipFilter& f = out_.filter;
        words<dataset::Split>("splits", f.splits, dataset::split_from_string);
        words<Verdict>("verdicts", f.verdicts, verdict_from_string);
        words<Change>("changes", f.changes, change_from_string);
        words<People>("people", f.people, people_from_string);
        labels("classes", f.labels);
        labels("predicted", f.predicted);
        f.margin_from = number("margin_from");
        f.margin_to = number("margin_to");
        for (const auto& one : list("tags")) tag(one);
        f.untagged = flag("untagged");
        f.noted = flag("noted");
        if (const auto found = document_.find("words"); found != document_.end() && found->is_string())
            f.words = found->get<std::string>();
        return std::move(out_);
    }

  private:
    json list(const char* name) const {
        const auto found = document_.find(name);
        return found != document_.end() && found->is_array() ? *found : json::array();
    }
    bool flag(const char* name) const {
        const auto found = document_.find(name);
        return found != document_.end() && found->is_boolean() && found->get<bool>();
    }
    std::optional<double> number(const char* name) const {
        const auto found = document_.find(name);
        return found != document_.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
    }
    template <class Enum, class Find>
    void words(const char* name, std::set<Enum>& into, Find find) {
        for (const auto& one : list(name)) {
            const auto word = one.is_string() ? one.get<std::string>() : std::string();
            if (const std::optional<Enum> value = find(word))
                into.insert(*value);
            else
                out_.lost.push_back(std::string(name) + " \"" + word + "\"");
        }
    }
    void labels(const char* name, std::set<int>& into) {
        for (const auto& one : list(name)) {
            if (one.is_null()) into.insert(-1);
            if (!one.is_string()) continue;
            const auto found = std::ranges::find(classes_, one.get<std::string>());
            if (found != classes_.end())
                into.insert(static_cast<int>(found - classes_.begin()));
            else
                out_.lost.push_back("class \"" + one.get<std::string>() + "\"");
        }
    }
    void tag(const json& one) {
        if (!one.is_object()) return;
        const auto id = one.value("id", store::TagId{0});
        if (std::ranges::find(tags_, id, &store::Tag::id) != tags_.end())
            out_.filter.tags.insert(id);
        else
            out_.lost.push_back("tag \"" + one.value("name", std::string()) + "\"");
    }

    const json& document_;
    const std::vector<std::string>& classes_;
    const std::vector<store::Tag>& tags_;
    ReadFilter out_;
};

}  // namespace

std::string to_json(const ClipFilter& filter, const std::vector<std::string>& classes,
                    const std::vector<store::Tag>& tags) {
    json out = json::object();
    const auto put = [&out](const char* name, json list) {
        if (!list.empty()) out[name] = std::move(list);
    };
    put("splits", words_of(filter.splits));
    put("classes", names_of(filter.labels, classes));
    put("predicted", names_of(filter.predicted, classes));
    put("verdicts", words_of(filter.verdicts));
    put("changes", words_of(filter.changes));
    put("people", words_of(filter.people));
    json named = json::array();
    for (const auto& tag : tags) {
        if (filter.tags.contains(tag.id)) named.push_back({{"id", tag.id}, {"name", tag.name}});
    }
    put("tags", std::move(named));
    if (filter.margin_from) out["margin_from"] = *filter.margin_from;
    if (filter.margin_to) out["margin_to"] = *filter.margin_to;
    if (filter.untagged) out["untagged"] = true;
    if (filter.noted) out["noted"] = true;
    if (!filter.words.empty()) out["words"] = filter.words;
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

ReadFilter filter_from_json(const std::string& text, const std::vector<std::string>& classes,
                            const std::vector<store::Tag>& tags) {
    const auto document = parse_json(text);
    try {
        if (document && document->is_object()) return Reader(*document, classes, tags).run();
    } catch (const json::exception&) {  // a member of another type than ours
    }
    throw Error(ErrorCode::damaged, "The saved filter cannot be read: " + text.substr(0, 80), "Save it anew.");
}

}  // namespace rest::gallery
