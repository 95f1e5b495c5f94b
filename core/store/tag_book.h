// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/store/tag_records.h"

namespace rest::store {

/// Writes what people say of captions: tags, notes, filters with a name.
///
/// It writes beside whoever holds the project, in this program or another, so that a training does not keep people from
/// tagging: changes are small, SQLite puts them one after the other, and nothing that a job writes is touched. A tag
/// belongs to a video's caption in a run's epoch. Every change is committed when the call returns and tells what it
/// takes to undo it. One object per thread. Every call throws Error: invalid_argument (with what is wrong with a name),
/// not_found (no such tag), busy (somebody wrote for ten seconds), no_space, io, damaged.
class TagBook {
  public:
    /// Throws Error (not_found, unsupported, damaged, newer_version) for a folder that is no project of this version.
    explicit TagBook(const std::filesystem::path& project);
    TagBook(TagBook&&) noexcept;
    ~TagBook();

    /// At the end of the order. `colour` 0 .. kTagColours - 1.
    Tag add(const std::string& name, int colour);
    void rename(TagId tag, const std::string& name);
    void recolour(TagId tag, int colour);
    /// All tags, in their new order.
    void reorder(std::span<const TagId> tags);
    RemovedTag remove(TagId tag);
    void restore(const RemovedTag& removed);

    /// Puts a tag on captions of a run's epoch; what is given back was not there before.
    std::vector<Tagging> put(TagId tag, RunId run, int epoch, std::span<const TaggedClip> clips,
                             const std::string& who);
    /// Takes a tag off; what is given back was there.
    std::vector<Tagging> take(TagId tag, RunId run, int epoch, std::span<const TaggedClip> clips);
    /// Puts taggings back as they were, or takes them off.
    void restore(RunId run, int epoch, std::span<const Tagging> taggings);
    void take(RunId run, int epoch, std::span<const Tagging> taggings);

    /// An empty text removes the note. Gives back the one before.
    std::optional<ClipNote> set_note(RunId run, int epoch, const TaggedClip& clip, const std::string& text,
                                     const std::string& who);
    /// Puts a note back as it was; without one there is none afterwards.
    void restore_note(RunId run, int epoch, const TaggedClip& clip, const std::optional<ClipNote>& note);

    /// Gives back the filter that had the name before.
    std::optional<SavedFilter> save_filter(const std::string& name, const std::string& filter, const std::string& who);
    std::optional<SavedFilter> remove_filter(const std::string& name);
    void restore_filter(const SavedFilter& filter);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rest::store
