// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/engine/queue/events.h"

namespace rest::ui {

class EngineClient;
struct JobInfo;
class JobStrip;
class NoticeBar;
class ProjectSession;
class UndoBar;

/// Reports how jobs end, and offers to undo a cancel or to try again.
class JobMessages : public QObject {
    Q_OBJECT

  public:
    struct Places {
        JobStrip* strip;
        UndoBar* undo;
        NoticeBar* notice;
    };

    /// All must outlive it.
    JobMessages(EngineClient& engine, const ProjectSession& session, const Places& places, QObject* parent);

    /// How the last job of the open project ended, as it was reported then.
    void recall();

  private:
    bool isOpen(const QString& project) const;
    void ended(const JobInfo& job, const engine::JobFinished& result);
    void tellFailure(const JobInfo& job, const engine::JobFinished& result);
    void offerTakingBack(const JobInfo& job);

    EngineClient& engine_;
    const ProjectSession& session_;
    Places places_;
};

}  // namespace rest::ui
