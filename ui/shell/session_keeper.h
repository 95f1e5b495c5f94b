// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <vector>

#include "core/bundle/session_mark.h"

namespace rest::ui {

class MainWindow;
class NoticeBar;

/// Keeps a mark of what the window has open, so that the next start can detect that this one ended unexpectedly, and
/// offers to handle such a session: open it again, save a report, or dismiss it. Destroyed before the window, and
/// removes the mark then.
class SessionKeeper : public QObject {
    Q_OBJECT

  public:
    explicit SessionKeeper(MainWindow& window, std::filesystem::path folder = bundle::sessions_dir(),
                           QObject* parent = nullptr);
    ~SessionKeeper() override;

    /// Shows a line for the newest session that ended unexpectedly, if any; one at a time.
    void offerEarlier();
    const NoticeBar& bar() const { return *bar_; }

  private:
    void keep();
    void offer();
    void openAgain(const bundle::EndedSession& session);
    void saveReport(const bundle::EndedSession& session);
    /// The first of `earlier_` was answered.
    void settle();

    MainWindow& window_;
    NoticeBar* bar_;
    std::filesystem::path folder_;
    bundle::SessionMark mark_;
    bool warned_ = false;                        // that the mark cannot be written
    std::vector<bundle::EndedSession> earlier_;  // not answered yet, newest first
};

}  // namespace rest::ui
