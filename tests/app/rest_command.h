// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include "tests/support/places.h"

namespace rest::test {

struct Ran {
    int status = -1;  // -1: it did not end by itself
    QByteArray out, err;
};

/// This process's environment, but with the user's folders in `dir`.
inline QProcessEnvironment environment_in(const QTemporaryDir& dir) {
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), dir.filePath(QStringLiteral("config")));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), dir.filePath(QStringLiteral("data")));
    environment.insert(QStringLiteral("XDG_STATE_HOME"), dir.filePath(QStringLiteral("state")));
    return environment;
}

/// Runs the program `rest` in a folder until it ends.
inline Ran run_rest(const QStringList& arguments, const QProcessEnvironment& environment, const QString& folder = {}) {
    QProcess process;
    process.setProcessEnvironment(environment);
    if (!folder.isEmpty()) process.setWorkingDirectory(folder);
    process.start(QString::fromStdString(rest_program().string()), arguments);
    process.waitForFinished(-1);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

}  // namespace rest::test
