// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/robustness/rest_group.h"

#include <csignal>

#include "tests/distributed/processes.h"

namespace rest::test {

RestGroup::RestGroup(const std::vector<std::string>& arguments, const std::string& log, const GroupStart& start,
                     const std::vector<Extra>& extra) {
    const auto port = std::to_string(free_port());
    for (int rank = 0; rank < start.size; ++rank) {
        auto all = arguments;
        Variables variables = {{"RANK", std::to_string(rank)},
                               {"LOCAL_RANK", std::to_string(rank)},
                               {"WORLD_SIZE", std::to_string(start.size)},
                               {"MASTER_ADDR", "127.0.0.1"},
                               {"MASTER_PORT", port},
                               {"TORCHELASTIC_RUN_ID", start.launch},
                               {"TORCHELASTIC_RESTART_COUNT", std::to_string(start.attempt)},
                               {"OMP_NUM_THREADS", "1"}};
        if (static_cast<size_t>(rank) < extra.size()) {
            const auto& more = extra[static_cast<size_t>(rank)];
            all.insert(all.end(), more.arguments.begin(), more.arguments.end());
            for (const auto& [name, value] : more.variables) variables[name] = value;
        }
        processes_.push_back(std::make_unique<RestProcess>(all, log + "." + std::to_string(rank), variables));
    }
}

void RestGroup::signal(int rank, int number) {
    ::kill(static_cast<pid_t>(this->rank(rank).id()), number);
}

std::vector<ProcessEnd> RestGroup::ends() {
    std::vector<ProcessEnd> out;
    for (auto& process : processes_) out.push_back(process->end_after(std::chrono::seconds(100)));
    return out;
}

std::string RestGroup::said() const {
    std::string all;
    for (size_t rank = 0; rank < processes_.size(); ++rank)
        all += "--- rank " + std::to_string(rank) + "\n" + processes_[rank]->said();
    return all;
}

}  // namespace rest::test
