// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "core/store/tag_book.h"
#include "ui/session/background.h"

namespace rest::ui {

class ProjectSession;

/// Writes tags, notes and filters of the open project on a thread of its own, one after the other, and offers each
/// change's undo. A training that holds the project does not keep them waiting.
class TagWriter : public QObject {
    Q_OBJECT

  public:
    /// Takes a change back.
    using Undo = std::function<void(store::TagBook&)>;
    /// Makes a change; an empty Undo where nothing changed.
    using Change = std::function<Undo(store::TagBook&)>;

    explicit TagWriter(ProjectSession& session, QObject* parent = nullptr);

    /// `told`: what the change was, for whoever may take it back; empty: it is not offered.
    void write(const QString& told, Change change);
    bool idle() const { return background_.idle(); }

    /// Who tags, as it was typed last on this machine; else the name that the system knows.
    static QString who();
    static void setWho(const QString& name);

  Q_SIGNALS:
    void written();  // of the open project
    void failed(const QString& message, const QString& remedy);
    void undoOffered(const QString& message, const QString& detail, const std::function<void()>& undo);

  private:
    struct Place;
    void run(const std::shared_ptr<Place>& place, const QString& told, Change change);

    ProjectSession& session_;
    std::shared_ptr<Place> place_;  // of the open project; what is in it is touched on the thread only
    Background background_;         // last: it ends before what it uses
};

}  // namespace rest::ui
