// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/closing.h"

#include <QWidget>

#include "ui/session/engine_client.h"
#include "ui/shell/closing_question.h"

namespace rest::ui {

Closing::Closing(QWidget& window, EngineClient& engine) : QObject(&window), window_(window), engine_(engine) {
    connect(&engine_, &EngineClient::jobFinished, this, [this] {
        if (begun_ && !engine_.busy()) window_.close();
    });
}

bool Closing::allowed() {
    if (!engine_.busy()) return true;
    if (begun_) return false;
    // A user who has cancelled all jobs has already answered.
    const std::vector<JobInfo> wanted = engine_.wanted();
    if (wanted.empty())
        stop();
    else
        askBeforeClosing(wanted, &window_, [this] { stop(); });
    return false;
}

void Closing::stop() {
    begun_ = true;
    Q_EMIT began();
    if (!engine_.busy()) return void(window_.close());
    Q_EMIT waitsForJobs();
    engine_.cancelAll();
}

}  // namespace rest::ui
