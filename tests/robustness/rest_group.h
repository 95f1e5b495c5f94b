// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/robustness/rest_process.h"

namespace rest::test {

/// What is the same for all processes of a group.
struct GroupStart {
    int size = 2;
    std::string launch = "test";  // as torchrun's run id, with how often it has started the group again
    int attempt = 0;
};

/// Several processes of `rest` at work on one thing, told who they are as torchrun tells it. Killed when it goes.
class RestGroup {
  public:
    /// Process r gets `arguments` and what `extra[r]` adds to them and to its environment; `log` and its rank name its
    /// log.
    struct Extra {
        std::vector<std::string> arguments;
        Variables variables;
    };
    RestGroup(const std::vector<std::string>& arguments, const std::string& log, const GroupStart& start,
              const std::vector<Extra>& extra = {});

    RestProcess& rank(int rank) { return *processes_[static_cast<size_t>(rank)]; }
    void signal(int rank, int number);
    /// How each ended by itself; one that is still there after 100 seconds is killed.
    std::vector<ProcessEnd> ends();
    /// What all have said.
    std::string said() const;

  private:
    std::vector<std::unique_ptr<RestProcess>> processes_;
};

}  // namespace rest::test
