// SPDX-License-Identifier: GPL-3.0-or-later
// One process of a group, for test_group.cpp: joins the others, runs the named scenario and prints the result.
#include "core/tensor/libtorch.h"

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "core/base/error.h"
#include "core/base/leaving.h"
#include "core/distributed/group.h"
#include "core/distributed/stopping.h"

using namespace rest;
using namespace rest::distributed;
using namespace std::chrono_literals;

namespace {

constexpr auto kLostAfter = 3000ms;

/// All members once; every process prints the same line.
void collectives(Group& group) {
    const int rank = group.rank();
    std::vector<torch::Tensor> buckets;
    std::vector<std::unique_ptr<PendingSum>> sums;
    for (int i = 0; i < 5; ++i) {
        buckets.push_back(torch::full({1000 + i}, static_cast<float>(rank + 1 + i)));
        sums.push_back(group.sum(buckets.back()));
    }
    for (auto& sum : sums) sum->wait();
    for (const auto& bucket : buckets) std::cout << bucket[0].item<float>() << ' ' << bucket[-1].item<float>() << ' ';
    std::cout << group.broadcast(rank == 0 ? "from the first" : "nothing") << ' ';
    std::cout << '[' << group.broadcast(std::string()) << "] ";
    auto values = torch::full({3}, rank, torch::kInt32);
    group.broadcast(values);
    std::cout << values.sum().item<int>() << ' ';
    for (const auto& text : group.gather(std::string(static_cast<size_t>(rank), 'x'))) std::cout << '<' << text << '>';
    // Rank r has r rows: the first has none.
    const auto rows = group.gather_rows(torch::full({rank, 2}, rank, torch::kInt64));
    std::cout << ' ' << rows.size(0) << ' ' << rows.sum().item<int64_t>() << ' ';
    std::cout << group.gather_rows(torch::empty({0, 4})).size(1) << '\n';
}

void play(const std::string& scenario, Group& group) {
    const auto all = [&] {
        auto one = torch::ones({1});
        group.sum(one)->wait();
        std::cout << one.item<float>() << '\n';
    };
    all();
    if (scenario == "collectives") return collectives(group);
    if (scenario == "busy") {
        if (group.rank() == 0) std::this_thread::sleep_for(3 * kLostAfter);
    } else if (scenario == "dies" && group.rank() == 1) {
        std::_Exit(9);
    } else if (scenario == "stops" && group.rank() == 1) {
        std::raise(SIGSTOP);
    } else if (scenario == "fails" && group.rank() == group.size() - 1) {
        group.give_up("The disk is full");
        std::exit(1);
    } else if (scenario == "first fails" && group.rank() == 0) {
        group.give_up("The disk is full");
        return;
    } else if (scenario == "asked to stop" || scenario == "asked to leave") {
        const auto asked = scenario == "asked to stop" ? Stop::cancel : Stop::leave;
        try {
            stop_together(group, Stop::no);
            stop_together(group, group.rank() == 1 ? asked : Stop::no);
        } catch (const Cancelled& cancelled) {
            std::cout << (is_leaving(cancelled) ? "leaves" : "stops") << '\n';
            return;
        }
    } else if (scenario == "first dies" && group.rank() == 0) {
        std::_Exit(9);
    }
    all();
}

}  // namespace

int main(int, char** argv) {
    try {
        const auto membership = membership_from_environment();
        const auto group =
            membership ? join_group(*membership, {.lost_after = kLostAfter, .join_within = 60s}) : make_lone_group();
        play(argv[1], *group);
        return 0;
    } catch (const Error& e) {
        std::cout << e.what() << std::endl;
        return 3;
    }
}
