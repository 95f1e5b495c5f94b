// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/libtorch.h"

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/distributed/group.h"
#include "core/distributed/shares.h"
#include "core/distributed/stopping.h"
#include "core/engine/inference/clip_batches.h"
#include "core/engine/queue/engine.h"
#include "core/model/clip_texts.h"
#include "core/store/project.h"

namespace rest::engine {

/// The processes that train one run together; mostly there is one.
///
/// All go through the same code, hold the same lists, weights and texts, and meet at the same places, so that Algorithm
/// 1 reads as for one process. Two things set them apart:
///
/// - Work on clips is dealt out: turns(), share(), part() and EpochSettings::group say what is this process's, and
///   gathered() or add_up() give everybody the whole. One process would have made the same batches.
/// - The project is open in one of them, its *owner*, since SQLite is for one machine: it alone reads (owners()), keeps
///   (keep()) and does what does not divide, such as a checkpoint or an evaluation (alone()). The others read clips and
///   weights, and write frames to the cache.
///
/// They stop together: context().check() throws in one process alone; of several, meet(), alone() and training do, in
/// all of them. Whatever else ends one of them ends the others with its reason (see distributed::Group).
class Crew {
  public:
    /// `project`: null but in the owner, which is rank 0. All three outlive the crew.
    Crew(distributed::Group& group, store::Project* project, JobContext& context);
    ~Crew();

    int size() const { return group_.size(); }
    bool owns_project() const { return project_ != nullptr; }
    /// For work that all do: only the owner's events are told, and each process's warnings.
    JobContext& context();

    /// Done by the owner; nobody waits for it.
    void keep(const std::function<void(store::Project&)>& write) const;
    /// Done by the owner while the others wait, however long that takes. The context is one that may throw Cancelled.
    void alone(const std::function<void(store::Project&, JobContext&)>& work);
    /// What the owner reads or makes, for all.
    template <class T>
    T owners(const std::function<T(store::Project&)>& make) const;
    /// The owner's tensor, for all; what the others give does not count.
    torch::Tensor owners_tensor(const torch::Tensor& mine) const;

    /// Whose turn it is in for_each_batch(). After each round all of them exchange what they have made, by `exchange`,
    /// and meet.
    Turns turns(std::function<void()> exchange);
    /// This process's of so many videos.
    distributed::Share share(int64_t count) const;
    model::WorkPart part() const { return {group_.rank(), group_.size()}; }
    /// For EpochSettings; null for a process alone.
    distributed::Group* group() const { return size() > 1 ? &group_ : nullptr; }

    /// Everybody's rows, by rank.
    template <class T>
    std::vector<T> gathered(std::vector<T> mine) const;
    /// Adds tensors of the same shape up, in place.
    void add_up(const torch::Tensor& rows) const;
    int64_t largest(int64_t of) const;
    int64_t smallest(int64_t of) const { return -largest(-of); }

    /// What this process was asked; obeys pause.
    distributed::Stop stop_asked();
    /// Throws Cancelled in all when one was asked to stop.
    void meet();
    /// Throws Error (invalid_argument) in all when one of them has a problem, naming the rank and the host of each that
    /// has.
    void refuse_problems(const std::string& problem) const;

  private:
    class MemberContext;

    distributed::Group& group_;
    store::Project* project_;
    JobContext& context_;
    TaskControl never_;  // obeyed between the places where all meet
    std::unique_ptr<MemberContext> member_;
};

namespace messages {

template <class T>
std::string packed(const T& value) {
    const auto bytes = nlohmann::json::to_msgpack(nlohmann::json(value));
    return {bytes.begin(), bytes.end()};
}

template <class T>
T unpacked(const std::string& text) {
    return nlohmann::json::from_msgpack(text).get<T>();
}

}  // namespace messages

template <class T>
T Crew::owners(const std::function<T(store::Project&)>& make) const {
    if (size() == 1) return make(*project_);
    if (!owns_project()) return messages::unpacked<T>(group_.broadcast(std::string()));
    T made = make(*project_);
    group_.broadcast(messages::packed(made));
    return made;
}

template <class T>
std::vector<T> Crew::gathered(std::vector<T> mine) const {
    if (size() == 1) return mine;
    std::vector<T> all;
    for (const auto& text : group_.gather(messages::packed(mine))) {
        for (auto& row : messages::unpacked<std::vector<T>>(text)) all.push_back(std::move(row));
    }
    return all;
}

}  // namespace rest::engine
