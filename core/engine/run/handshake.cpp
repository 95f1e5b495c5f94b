// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/handshake.h"

#include <fmt/format.h>
#include <sched.h>
#include <torch/version.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/strings.h"

namespace rest::engine {
namespace {

constexpr size_t kDifferencesNamed = 5;

/// What a process says of itself before anything is done.
struct Card {
    std::string host, version, processors;
    std::vector<std::pair<std::string, std::string>> asked;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Card, host, version, processors, asked)

/// The processors that this process may use, as one word: those of two processes are the same when the words are.
std::string processor_set() {
    cpu_set_t set;
    if (::sched_getaffinity(0, sizeof set, &set) != 0) return {};
    std::string out;
    for (int i = 0; i < CPU_SETSIZE; ++i) {
        if (CPU_ISSET(i, &set)) out += std::to_string(i) + ",";
    }
    return out;
}

Card card_of_this_process(const Together& together) {
    return {.host = distributed::host_name(),
            .version = "REST Studio " REST_VERSION " with LibTorch " TORCH_VERSION,
            .processors = processor_set(),
            .asked = together.asked};
}

/// "epochs = 4, not 3"; empty when there is no difference.
std::string difference(const Card& first, const Card& other) {
    if (other.version != first.version) return fmt::format("it is {}, not {}", other.version, first.version);
    std::map<std::string, std::string> wanted(first.asked.begin(), first.asked.end()),
        found(other.asked.begin(), other.asked.end());
    std::vector<std::string> words;
    for (const auto& [name, value] : found) {
        const auto at = wanted.find(name);
        if (at == wanted.end())
            words.push_back(fmt::format("{} = {}, which was not asked there", name, value));
        else if (at->second != value)
            words.push_back(fmt::format("{} = {}, not {}", name, value, at->second));
    }
    for (const auto& [name, value] : wanted) {
        if (!found.contains(name)) words.push_back(fmt::format("not {} = {}", name, value));
    }
    return words.empty() ? "" : "it was asked " + some_of(words, kDifferencesNamed);
}

void refuse_differences(const std::vector<Card>& cards) {
    std::string all;
    for (size_t rank = 1; rank < cards.size(); ++rank) {
        const auto words = difference(cards.front(), cards[rank]);
        if (words.empty()) continue;
        if (!all.empty()) all += "\n";
        all +=
            fmt::format("Rank {} ({}) cannot train with rank 0 ({}): {}", rank, cards[rank].host, cards[0].host, words);
    }
    if (all.empty()) return;
    throw Error(ErrorCode::invalid_argument, all, "Start every process with the same program and the same command.");
}

}  // namespace

Joined join(const std::optional<Together>& together, Task& task) {
    if (!together) return {distributed::make_lone_group(), {}};
    const auto& membership = together->membership;
    auto group =
        distributed::join_group(membership, {.lost_after = together->lost_after, .check = [&] { task.check(); }});
    std::vector<Card> cards;
    for (const auto& text : group->gather(nlohmann::json(card_of_this_process(*together))
                                              .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)))
        cards.push_back(nlohmann::json::parse(text).get<Card>());
    refuse_differences(cards);
    const auto& me = cards[static_cast<size_t>(group->rank())];
    const auto sharing = std::ranges::count_if(
        cards, [&](const Card& card) { return card.host == me.host && card.processors == me.processors; });
    return {std::move(group), {membership.local_rank, static_cast<int>(sharing)}};
}

MachineSettings part_of_machine(MachineSettings settings, const MachinePart& part, int gpus, int processors) {
    if (settings.threads == 0 && part.sharing > 1) settings.threads = std::max(1, processors / part.sharing);
    // A launcher may show each process its own GPU alone.
    if (gpus <= 1 || (settings.device != "auto" && settings.device != "cuda")) return settings;
    if (part.local_rank >= gpus) {
        throw Error(ErrorCode::device,
                    fmt::format("{} has {} CUDA devices and a process of local rank {}", distributed::host_name(), gpus,
                                part.local_rank),
                    "Start as many processes on a machine as it has GPUs, or name the device.");
    }
    settings.device = fmt::format("cuda:{}", part.local_rank);
    return settings;
}

}  // namespace rest::engine
