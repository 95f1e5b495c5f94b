// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/interrupts.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "core/base/leaving.h"

namespace rest::app {
namespace {

constexpr int kCancelled = 130;
constexpr char kEnd = 0;  // no signal has this number

std::array<int, 2> ends = {-1, -1};  // of a pipe: a handler may write to one, and do little else
volatile std::sig_atomic_t interrupted = 0;

void on_signal(int number) {
    if (number == SIGINT && interrupted != 0) ::_exit(kCancelled);
    if (number == SIGINT) interrupted = 1;
    const int before = errno;
    const char byte = static_cast<char>(number);
    [[maybe_unused]] const auto written = ::write(ends[1], &byte, 1);
    errno = before;
}

void pass_on(TaskControl& control) {
    char byte = kEnd;
    while (true) {
        const auto got = ::read(ends[0], &byte, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || byte == kEnd) return;
        if (byte == SIGTERM) ask_to_leave();
        control.cancel();
    }
}

}  // namespace

Interrupts::Interrupts(TaskControl& control) {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    interrupted = 0;
    thread_ = std::thread([&control] { pass_on(control); });
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
}

Interrupts::~Interrupts() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    [[maybe_unused]] const auto written = ::write(ends[1], &kEnd, 1);
    thread_.join();
    for (int& end : ends) {
        ::close(end);
        end = -1;
    }
}

}  // namespace rest::app
