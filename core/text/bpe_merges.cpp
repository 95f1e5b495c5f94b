// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/bpe_merges.h"

#include <cstddef>
#include <functional>
#include <queue>

namespace rest::text {
namespace {

constexpr int64_t kNone = -1;

// Ids are below 2^32: they index a vocabulary that was read from a file of at most 64 MiB.
uint64_t key(int64_t left, int64_t right) {
    return static_cast<uint64_t>(left) << 32 | static_cast<uint64_t>(right);
}

struct Candidate {
    int64_t rank, at;     // at: index of the left symbol
    int64_t left, right;  // ids when it was found; it is invalid once one of them has changed
    bool operator>(const Candidate& other) const { return rank != other.rank ? rank > other.rank : at > other.at; }
};

// Symbols as a linked list in an array, so that merges move nothing.
struct Links {
    explicit Links(int64_t n) : before(n), after(n) {
        for (int64_t i = 0; i < n; ++i) {
            before[i] = i - 1;
            after[i] = i + 1 < n ? i + 1 : kNone;
        }
    }
    void remove(int64_t i) {
        after[before[i]] = after[i];
        if (after[i] != kNone) before[after[i]] = before[i];
    }
    std::vector<int64_t> before, after;
};

}  // namespace

bool BpeMerges::add(int64_t left, int64_t right, int64_t merged) {
    return merges_.try_emplace(key(left, right), Merge{size(), merged}).second;
}

const BpeMerges::Merge* BpeMerges::find(int64_t left, int64_t right) const {
    const auto found = merges_.find(key(left, right));
    return found == merges_.end() ? nullptr : &found->second;
}

void BpeMerges::apply(std::vector<int64_t>& symbols) const {
    Links links(static_cast<int64_t>(symbols.size()));
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
    const auto consider = [&](int64_t at) {
        if (at == kNone || links.after[at] == kNone) return;
        const int64_t left = symbols[at], right = symbols[links.after[at]];
        if (const Merge* merge = find(left, right)) queue.push({merge->rank, at, left, right});
    };
    for (std::size_t i = 0; i + 1 < symbols.size(); ++i) consider(static_cast<int64_t>(i));
    while (!queue.empty()) {
        const Candidate best = queue.top();
        queue.pop();
        const int64_t next = links.after[best.at];
        if (next == kNone || symbols[best.at] != best.left || symbols[next] != best.right) continue;
        symbols[best.at] = find(best.left, best.right)->merged;
        symbols[next] = kNone;
        links.remove(next);
        consider(links.before[best.at]);
        consider(best.at);
    }
    std::erase(symbols, kNone);
}

}  // namespace rest::text
