// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tag_book.h"

#include <algorithm>

#include "core/base/strings.h"
#include "core/store/project.h"
#include "core/store/schema.h"
#include "core/store/tag_book_impl.h"
#include "core/store/texts.h"

namespace rest::store {

namespace fs = std::filesystem;

namespace {

constexpr size_t kLongestName = 200;    // bytes
constexpr size_t kLongestNote = 20000;  // bytes

/// Opening it for reading brings an older project up to this version and refuses what is none.
fs::path database_of(const fs::path& project) {
    Project::open(project, OpenMode::read_only);
    return project / "project.sqlite";
}

void require_colour(int colour) {
    if (colour >= 0 && colour < kTagColours) return;
    throw Error(ErrorCode::invalid_argument, "There is no tag colour " + std::to_string(colour),
                "Choose one from 0 to " + std::to_string(kTagColours - 1) + ".");
}

std::string now(Database& db) {
    auto query = db.query("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')");
    query.next();
    return query.text(0);
}

/// False when it is there already.
bool insert(Database& db, RunId run, int epoch, const Tagging& tagging) {
    auto query = db.query(
        "INSERT INTO tagged (run, epoch, video, caption, tag, who, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
        "ON CONFLICT (run, epoch, video, caption, tag) DO NOTHING");
    const int64_t caption = intern_text(db, tagging.caption);
    return query.with(run, epoch, tagging.video, caption, tagging.tag, tagging.who, tagging.time).run() > 0;
}

/// Nothing when it is not there.
std::optional<Tagging> erase(Database& db, RunId run, int epoch, TagId tag, const TaggedClip& clip) {
    auto query = db.query(
        "DELETE FROM tagged WHERE run = ?1 AND epoch = ?2 AND video = ?3 AND tag = ?4 "
        "AND caption = (SELECT id FROM texts WHERE text = ?5) RETURNING who, time");
    if (!query.with(run, epoch, clip.video, tag, clip.caption).next()) return std::nullopt;
    return Tagging{tag, clip.video, clip.caption, query.text(0), query.text(1)};
}

std::optional<ClipNote> find_note(Database& db, RunId run, int epoch, const TaggedClip& clip) {
    auto query = db.query(
        "SELECT note, who, time FROM clip_notes WHERE run = ?1 AND epoch = ?2 AND video = ?3 "
        "AND caption = (SELECT id FROM texts WHERE text = ?4)");
    if (!query.with(run, epoch, clip.video, clip.caption).next()) return std::nullopt;
    return ClipNote{clip.video, clip.caption, query.text(0), query.text(1), query.text(2)};
}

void write_note(Database& db, RunId run, int epoch, const TaggedClip& clip, const std::optional<ClipNote>& note) {
    const int64_t caption = intern_text(db, clip.caption);
    db.query("DELETE FROM clip_notes WHERE run = ?1 AND epoch = ?2 AND video = ?3 AND caption = ?4")
        .with(run, epoch, clip.video, caption)
        .run();
    if (!note) return;
    db.query("INSERT INTO clip_notes (run, epoch, video, caption, note, who, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        .with(run, epoch, clip.video, caption, note->text, note->who, note->time)
        .run();
}

std::vector<PlacedTagging> taggings_of(Database& db, TagId tag) {
    std::vector<PlacedTagging> found;
    auto query = db.query(
        "SELECT g.run, g.epoch, g.video, t.text, g.who, g.time FROM tagged g JOIN texts t ON t.id = g.caption "
        "WHERE g.tag = ?1");
    query.with(tag);
    while (query.next()) {
        found.push_back(
            {query.integer(0), query.number(1), {tag, query.integer(2), query.text(3), query.text(4), query.text(5)}});
    }
    return found;
}

}  // namespace

std::string checked_words(const std::string& words, const char* what) {
    const std::string kept = collapse_blanks(words);
    if (!kept.empty() && kept.size() <= kLongestName) return kept;
    throw Error(ErrorCode::invalid_argument,
                std::string(what) + (kept.empty() ? " is empty"
                                                  : " is longer than " + std::to_string(kLongestName) +
                                                        " bytes: " + kept.substr(0, 40) + "…"),
                "Type a few words.");
}

Tag TagBook::Impl::tag(TagId id) {
    auto query = db.query("SELECT id, name, colour FROM tags WHERE id = ?1");
    if (query.with(id).next()) return {query.integer(0), query.text(1), query.number(2)};
    throw Error(ErrorCode::not_found, "The project has no tag " + std::to_string(id), "Somebody has removed it.");
}

std::string TagBook::Impl::checked_tag_name(const std::string& name, TagId of) {
    const std::string kept = checked_words(name, "The tag's name");
    auto query = db.query("SELECT id, name FROM tags");
    while (query.next()) {
        if (query.integer(0) == of || caption_key(query.text(1)) != caption_key(kept)) continue;
        throw Error(ErrorCode::invalid_argument, "There is a tag \"" + query.text(1) + "\" already",
                    "Use it, or choose another name.");
    }
    return kept;
}

TagBook::TagBook(const fs::path& project) {
    const auto file = database_of(project);
    impl_.reset(new Impl{Database(file, Access::read_write)});
    check_schema(impl_->db, file);
}
TagBook::TagBook(TagBook&&) noexcept = default;
TagBook::~TagBook() = default;

Tag TagBook::add(const std::string& name, int colour) {
    require_colour(colour);
    Tag made;
    impl_->db.transaction([&] {
        if (impl_->db.value("SELECT count(*) FROM tags") >= static_cast<int64_t>(kMostTags)) {
            throw Error(ErrorCode::invalid_argument,
                        "The project has " + std::to_string(kMostTags) + " tags already, which is the most it can have",
                        "Remove one that is not used.");
        }
        const std::string kept = impl_->checked_tag_name(name, 0);
        auto query = impl_->db.query(
            "INSERT INTO tags (position, name, colour) VALUES ((SELECT ifnull(max(position), -1) + 1 FROM tags), ?1, "
            "?2) RETURNING id");
        query.with(kept, colour).next();
        made = {query.integer(0), kept, colour};
    });
    return made;
}

void TagBook::rename(TagId id, const std::string& name) {
    impl_->db.transaction([&] {
        impl_->tag(id);
        const std::string kept = impl_->checked_tag_name(name, id);
        impl_->db.query("UPDATE tags SET name = ?2 WHERE id = ?1").with(id, kept).run();
    });
}

void TagBook::recolour(TagId id, int colour) {
    require_colour(colour);
    impl_->db.transaction([&] {
        impl_->tag(id);
        impl_->db.query("UPDATE tags SET colour = ?2 WHERE id = ?1").with(id, colour).run();
    });
}

void TagBook::reorder(std::span<const TagId> tags) {
    impl_->db.transaction([&] {
        auto query = impl_->db.query("UPDATE tags SET position = ?2 WHERE id = ?1");
        int position = 0;
        for (const TagId id : tags) {
            if (query.with(id, position++).run() == 0) impl_->tag(id);
        }
    });
}

RemovedTag TagBook::remove(TagId id) {
    RemovedTag removed;
    impl_->db.transaction([&] {
        removed.tag = impl_->tag(id);
        auto position = impl_->db.query("SELECT position FROM tags WHERE id = ?1");
        position.with(id).next();
        removed.position = position.number(0);
        removed.taggings = taggings_of(impl_->db, id);
        impl_->db.query("DELETE FROM tagged WHERE tag = ?1").with(id).run();
        impl_->db.query("DELETE FROM tags WHERE id = ?1").with(id).run();
    });
    return removed;
}

void TagBook::restore(const RemovedTag& removed) {
    impl_->db.transaction([&] {
        impl_->checked_tag_name(removed.tag.name, removed.tag.id);
        impl_->db.query("INSERT INTO tags (id, position, name, colour) VALUES (?1, ?2, ?3, ?4)")
            .with(removed.tag.id, removed.position, removed.tag.name, removed.tag.colour)
            .run();
        for (const auto& placed : removed.taggings) insert(impl_->db, placed.run, placed.epoch, placed.tagging);
    });
}

std::vector<Tagging> TagBook::put(TagId tag, RunId run, int epoch, std::span<const TaggedClip> clips,
                                  const std::string& who) {
    const std::string by = checked_words(who, "The name of who tags");
    std::vector<Tagging> added;
    impl_->db.transaction([&] {
        impl_->tag(tag);
        const std::string time = now(impl_->db);
        for (const auto& clip : clips) {
            Tagging tagging{tag, clip.video, clip.caption, by, time};
            if (insert(impl_->db, run, epoch, tagging)) added.push_back(std::move(tagging));
        }
    });
    return added;
}

std::vector<Tagging> TagBook::take(TagId tag, RunId run, int epoch, std::span<const TaggedClip> clips) {
    std::vector<Tagging> taken;
    impl_->db.transaction([&] {
        for (const auto& clip : clips) {
            if (auto found = erase(impl_->db, run, epoch, tag, clip)) taken.push_back(*std::move(found));
        }
    });
    return taken;
}

void TagBook::restore(RunId run, int epoch, std::span<const Tagging> taggings) {
    impl_->db.transaction([&] {
        for (const auto& tagging : taggings) insert(impl_->db, run, epoch, tagging);
    });
}

void TagBook::take(RunId run, int epoch, std::span<const Tagging> taggings) {
    impl_->db.transaction([&] {
        for (const auto& tagging : taggings)
            erase(impl_->db, run, epoch, tagging.tag, {tagging.video, tagging.caption});
    });
}

std::optional<ClipNote> TagBook::set_note(RunId run, int epoch, const TaggedClip& clip, const std::string& text,
                                          const std::string& who) {
    const std::string by = checked_words(who, "The name of who writes");
    const std::string words(trimmed(text));
    if (words.size() > kLongestNote) {
        throw Error(ErrorCode::invalid_argument,
                    "The note has " + std::to_string(words.size()) + " bytes; " + std::to_string(kLongestNote) +
                        " are the most",
                    "Shorten it.");
    }
    std::optional<ClipNote> before;
    impl_->db.transaction([&] {
        before = find_note(impl_->db, run, epoch, clip);
        std::optional<ClipNote> note;
        if (!words.empty()) note = ClipNote{clip.video, clip.caption, words, by, now(impl_->db)};
        write_note(impl_->db, run, epoch, clip, note);
    });
    return before;
}

void TagBook::restore_note(RunId run, int epoch, const TaggedClip& clip, const std::optional<ClipNote>& note) {
    impl_->db.transaction([&] { write_note(impl_->db, run, epoch, clip, note); });
}

}  // namespace rest::store
