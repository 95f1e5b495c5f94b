// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

#include "core/base/task.h"

namespace rest::app {

/// Passes the signals that ask a program to end on to its work: SIGINT as cancel(), SIGTERM, which batch systems and
/// launchers send before they end a process, as ask_to_leave() too. A second SIGINT ends the process at once. One
/// object at a time.
class Interrupts {
  public:
    explicit Interrupts(TaskControl& control);
    ~Interrupts();
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;

  private:
    std::thread thread_;  // a signal's own thread may take no lock
};

}  // namespace rest::app
