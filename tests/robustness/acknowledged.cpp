// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/robustness/acknowledged.h"

#include <algorithm>
#include <regex>
#include <set>
#include <vector>

namespace rest::test {
namespace {

std::vector<int> numbers_in(const std::string& said, const std::string& pattern) {
    std::vector<int> found;
    const std::regex expression(pattern);
    for (std::sregex_iterator at(said.begin(), said.end(), expression), end; at != end; ++at)
        found.push_back(std::stoi((*at)[1]));
    return found;
}

int last_of(const std::vector<int>& numbers) {
    return numbers.empty() ? -1 : numbers.back();
}

/// Which epoch a batch of the loss curve belongs to is not stored; whether the positions have gaps can be checked.
bool without_gap(const std::vector<store::MetricPoint>& curve) {
    for (size_t i = 0; i < curve.size(); ++i) {
        if (curve[i].position != static_cast<int64_t>(i)) return false;
    }
    return true;
}

std::string twice_in_lists(const store::Project& project, store::RunId run) {
    for (const auto& video : project.videos()) {
        std::set<std::pair<int, std::string>> seen;
        for (const auto& c : project.captions(run, video.id)) {
            if (!seen.emplace(c.step, c.text).second)
                return "the caption \"" + c.text + "\" is twice in a list of " + video.name;
        }
    }
    return "";
}

}  // namespace

std::string lost_of_acknowledged(const store::Project& project, const std::string& said, size_t test_clips) {
    if (project.runs().empty()) return said.find("Running on") == std::string::npos ? "" : "the run";
    const auto run = project.runs().front();
    for (const int epoch : numbers_in(said, "Epoch (\\d+): CLIP-TAM")) {
        if (project.predictions(run.id, epoch).size() != test_clips)
            return "predictions of epoch " + std::to_string(epoch);
        const auto points = project.metrics(run.id, "clip_tam_top1");
        if (std::ranges::count(points, epoch, &store::MetricPoint::position) != 1)
            return "CLIP-TAM of epoch " + std::to_string(epoch);
    }
    // "Epoch 3 of 4" appears once epoch 2 is finished with all that belongs to it.
    const int finished = last_of(numbers_in(said, "Epoch (\\d+) of")) - 1;
    if (run.epoch < finished) return "epoch " + std::to_string(finished);
    if (!without_gap(project.metrics(run.id, "loss"))) return "a part of the loss curve";
    // Training begins once the lists are stored.
    if (finished >= 0 && project.last_step(run.id) < 0) return "the lists of step 0";
    return twice_in_lists(project, run.id);
}

}  // namespace rest::test
