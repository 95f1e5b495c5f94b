// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/robustness/rest_process.h"

#include <QProcess>

namespace rest::test {

ProcessEnd run_rest(const std::vector<std::string>& arguments, const std::string& log, std::chrono::milliseconds patience) {
    QStringList list;
    for (const auto& argument : arguments) list << QString::fromStdString(argument);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardOutputFile(QString::fromStdString(log), QIODevice::Append);
    process.start(QStringLiteral(REST_PROGRAM), list);
    if (process.waitForFinished(static_cast<int>(patience.count()))) return {.status = process.exitCode()};
    process.kill();
    process.waitForFinished(-1);
    // It may have ended between our patience and the signal.
    if (process.exitStatus() == QProcess::NormalExit) return {.status = process.exitCode()};
    return {.killed = true};
}

}  // namespace rest::test
