// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "ui/session/engine_client.h"

namespace rest::ui {

struct ClosingWords {
    QString question;  // what is not finished
    QString detail;    // what happens to each
};

/// The question before the window is closed over these jobs: names every one of them, with its project, and whether the
/// next start offers it again. Withdrawn jobs are left out.
ClosingWords closingWords(const std::vector<JobInfo>& jobs);

/// "Train: REST (kitchen)".
QString jobWords(const QString& title, const QString& project);

}  // namespace rest::ui
