// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/robustness/rest_process.h"
#include "tests/support/places.h"

#include <sched.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace rest::test {
namespace {

/// OpenMP's threads wait for each other by spinning: on a busy machine a second of computing becomes minutes.
void stay_on_one_processor() {
    cpu_set_t allowed, one;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
    int which = static_cast<int>(::getpid() % CPU_COUNT(&allowed));
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (CPU_ISSET(cpu, &allowed) && which-- == 0) CPU_SET(cpu, &one);
    }
    ::sched_setaffinity(0, sizeof one, &one);
}

}  // namespace

RestProcess::RestProcess(const std::vector<std::string>& arguments, std::string log, const Variables& variables,
                         const std::string& program)
    : log_(std::move(log)) {
    std::error_code none_yet;
    const auto size = std::filesystem::file_size(log_, none_yet);
    log_before_ = none_yet ? 0 : static_cast<int64_t>(size);
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [name, value] : variables)
        environment.insert(QString::fromStdString(name), QString::fromStdString(value));
    process_.setProcessEnvironment(environment);
    process_.setChildProcessModifier(stay_on_one_processor);
    process_.setProcessChannelMode(QProcess::MergedChannels);
    process_.setStandardOutputFile(QString::fromStdString(log_), QIODevice::Append);
    QStringList list;
    for (const auto& argument : arguments) list << QString::fromStdString(argument);
    process_.start(
        program.empty() ? QString::fromStdString(test::rest_program().string()) : QString::fromStdString(program),
        list);
    process_.waitForStarted(-1);
}

RestProcess::~RestProcess() {
    if (process_.state() == QProcess::NotRunning) return;
    process_.kill();
    process_.waitForFinished(-1);
}

std::string RestProcess::said() const {
    std::ifstream in(log_, std::ios::binary);
    in.seekg(log_before_);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool RestProcess::wait_for(const std::string& words) {
    while (said().find(words) == std::string::npos) {
        if (process_.state() == QProcess::NotRunning || process_.waitForFinished(5))
            return said().find(words) != std::string::npos;
    }
    return true;
}

ProcessEnd RestProcess::end_after(std::chrono::milliseconds patience) {
    const bool ended =
        process_.state() == QProcess::NotRunning || process_.waitForFinished(static_cast<int>(patience.count()));
    if (!ended) {
        process_.kill();
        process_.waitForFinished(-1);
    }
    // It may have ended between the timeout and the signal.
    if (process_.exitStatus() == QProcess::NormalExit) return {.status = process_.exitCode()};
    return {.killed = !ended};
}

ProcessEnd run_rest(const std::vector<std::string>& arguments, const std::string& log,
                    std::chrono::milliseconds patience) {
    return RestProcess(arguments, log).end_after(patience);
}

}  // namespace rest::test
