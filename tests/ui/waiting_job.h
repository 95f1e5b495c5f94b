// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "core/engine/queue/engine.h"

namespace rest::ui {

/// What a test sees of a job, and its control over it.
struct Gate {
    std::atomic<int> steps{0};  // done; each obeys pause and cancel
    std::atomic<bool> open{false};
};

/// Works in small steps until its gate is opened.
class WaitingJob : public engine::Job {
  public:
    WaitingJob(std::string title, std::shared_ptr<Gate> gate, std::string project = {})
        : title_(std::move(title)), gate_(std::move(gate)), project_(std::move(project)) {}
    std::string title() const override { return title_; }
    std::filesystem::path project() const override { return project_; }
    std::string run(engine::JobContext& context) override {
        while (!gate_->open) {
            context.check();
            ++gate_->steps;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return "through";
    }

  private:
    std::string title_;
    std::shared_ptr<Gate> gate_;
    std::string project_;
};

}  // namespace rest::ui
