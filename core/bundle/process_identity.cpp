// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/process_identity.h"

#include <unistd.h>

#include <fstream>
#include <sstream>

#include "core/base/strings.h"

namespace rest::bundle {
namespace {

std::string first_line(const char* file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return std::string(trimmed(line));
}

/// Empty if there is no such process, or if it is a zombie.
std::optional<uint64_t> start_ticks(int64_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (!std::getline(in, line)) return std::nullopt;
    // The program's name is in parentheses and may contain spaces and parentheses itself.
    const auto name_end = line.rfind(')');
    if (name_end == std::string::npos) return std::nullopt;
    std::istringstream fields(line.substr(name_end + 1));
    std::string state, skipped;
    fields >> state;
    if (state == "Z" || state == "X") return std::nullopt;
    constexpr int kBetweenStateAndStart = 18;
    for (int i = 0; i < kBetweenStateAndStart; ++i) fields >> skipped;
    uint64_t ticks = 0;
    if (!(fields >> ticks)) return std::nullopt;
    return ticks;
}

std::string boot() {
    return first_line("/proc/sys/kernel/random/boot_id");
}
std::string machine() {
    return first_line("/etc/machine-id");
}

}  // namespace

ProcessIdentity this_process() {
    const int64_t pid = ::getpid();
    return {pid, start_ticks(pid).value_or(0), boot(), machine()};
}

std::optional<bool> is_alive(const ProcessIdentity& process) {
    if (process.machine != machine()) return std::nullopt;
    if (process.boot != boot()) return false;
    return start_ticks(process.pid) == process.start_ticks;
}

}  // namespace rest::bundle
