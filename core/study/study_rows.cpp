// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>
#include <limits>
#include <map>

#include "core/study/schema.h"
#include "core/study/study_impl.h"

namespace rest::study {
namespace {

/// The rows of the table `study`, converted to their types.
class Values {
  public:
    Values(std::map<std::string, std::string> values, const std::filesystem::path& file)
        : values_(std::move(values)), file_(file) {}

    std::string text(const std::string& name) const {
        const auto at = values_.find(name);
        if (at == values_.end()) fail(name, "nothing");
        return at->second;
    }
    std::string uuid(const std::string& name) const {
        const auto value = text(name);
        if (value.size() != 32 || value.find_first_not_of("0123456789abcdef") != std::string::npos) fail(name, value);
        return value;
    }
    template <class Integer>
    Integer integer(const std::string& name, Integer low, Integer high) const {
        const auto value = text(name);
        Integer number{};
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (error != std::errc() || end != value.data() + value.size() || number < low || number > high) {
            fail(name, value);
        }
        return number;
    }

  private:
    [[noreturn]] void fail(const std::string& name, const std::string& value) const {
        throw Error(ErrorCode::damaged, "The study " + file_.string() + " has " + value + " as its " + name,
                    study::kFileKind.damaged_remedy);
    }
    std::map<std::string, std::string> values_;
    const std::filesystem::path& file_;
};

constexpr int kMaxInt = std::numeric_limits<int>::max();

}  // namespace

void Study::Impl::write_info(const StudyInfo& i) {
    auto query = db.query("INSERT OR REPLACE INTO study (name, value) VALUES (?1, ?2)");
    const auto put = [&](const char* name, const std::string& value) { query.with(name, value).run(); };
    put("uuid", i.uuid);
    put("name", i.name);
    put("created", i.created);
    put("answers_per_clip", std::to_string(i.settings.answers_per_clip));
    put("seed", std::to_string(i.settings.seed));
    put("stratified", std::to_string(i.settings.stratified));
    put("minimum_viewing_ms", std::to_string(i.settings.minimum_viewing_ms));
    put("instructions", i.settings.instructions);
    put("source_project", i.source.project);
    put("source_run", std::to_string(i.source.run));
    put("source_run_name", i.source.run_name);
    put("source_epoch", std::to_string(i.source.epoch));
    put("source_step", std::to_string(i.source.step));
    put("source_model", i.source.model);
    put("exported", std::to_string(i.exported));
    put("for_annotator", i.for_annotator);
}

void Study::Impl::read_info() {
    const Values values(db.run([&] {
        std::map<std::string, std::string> rows;
        auto query = db.query("SELECT name, value FROM study");
        query.with();
        while (query.next()) rows[query.text(0)] = query.text(1);
        return rows;
    }),
                        file);
    info.uuid = values.uuid("uuid");
    info.name = values.text("name");
    info.created = values.text("created");
    info.settings.answers_per_clip = values.integer("answers_per_clip", 1, 1000000);
    info.settings.seed = values.integer<uint64_t>("seed", 0, std::numeric_limits<uint64_t>::max());
    info.settings.stratified = values.integer("stratified", 0, 1) != 0;
    info.settings.minimum_viewing_ms = values.integer("minimum_viewing_ms", 0, kMaxInt);
    info.settings.instructions = values.text("instructions");
    info.source.project = values.text("source_project");
    info.source.run = values.integer<int64_t>("source_run", 0, std::numeric_limits<int64_t>::max());
    info.source.run_name = values.text("source_run_name");
    info.source.epoch = values.integer("source_epoch", 0, kMaxInt);
    info.source.step = values.integer("source_step", -1, kMaxInt);
    info.source.model = values.text("source_model");
    info.exported = values.integer("exported", 0, 1) != 0;
    info.for_annotator = values.text("for_annotator").empty() ? "" : values.uuid("for_annotator");
}

void Study::Impl::write_clip(const StudyClip& c) {
    auto query = db.query(
        "INSERT INTO clips (id, role, name, path, file_bytes, file_time_ns, caption, label, tam, known, feedback, "
        "people_elsewhere) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif(?9, -1), nullif(?10, -1), ?11, ?12)");
    const auto code = [](const std::optional<bool>& value) { return value ? static_cast<int>(*value) : -1; };
    query
        .with(c.id, static_cast<int>(c.role), c.name, c.path, c.file_bytes, c.file_time_ns, c.caption, c.label,
              code(c.tam_right), code(c.known), c.feedback, c.people_elsewhere)
        .run();
}

void Study::Impl::read_clips() {
    const bool own_paths = trusts_paths();
    const auto verdict = [](int code) { return code < 0 ? std::nullopt : std::optional<bool>(code != 0); };
    db.run([&] {
        auto query = db.query(
            "SELECT id, role, name, path, file_bytes, file_time_ns, caption, label, ifnull(tam, -1), "
            "ifnull(known, -1), feedback, people_elsewhere FROM clips ORDER BY id");
        query.with();
        while (query.next()) {
            StudyClip c;
            c.id = query.integer(0);
            c.role = enum_value(query.number(1), ClipRole::control);
            c.name = query.text(2);
            if (own_paths) c.path = query.text(3);
            c.file_bytes = query.integer(4);
            c.file_time_ns = query.integer(5);
            c.caption = query.text(6);
            c.label = query.text(7);
            c.tam_right = verdict(query.number(8));
            c.known = verdict(query.number(9));
            c.feedback = query.text(10);
            c.people_elsewhere = query.number(11);
            index[c.id] = clips.size();
            clips.push_back(std::move(c));
        }
    });
}

}  // namespace rest::study
