// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>
#include <vector>

#include "core/store/tag_records.h"

class QMenu;

namespace rest::ui {

class ClipBook;
class FilterPanel;
class ProjectSession;
class TagWriter;

/// The project's filters with a name: one is taken, the one that stands is saved, one is removed. All can be undone.
class SavedFilters : public QToolButton {
    Q_OBJECT

  public:
    SavedFilters(ProjectSession& session, ClipBook& book, FilterPanel& panel, TagWriter& writer,
                 QWidget* parent = nullptr);
    void save(const QString& name);
    /// Nothing for a name that is none.
    void take(const QString& name);
    void remove(const QString& name);
    QStringList names() const;

  Q_SIGNALS:
    void told(const QString& message, bool good);

  private:
    void reload();
    void fillMenu();
    void askName();

    ProjectSession& session_;
    ClipBook& book_;
    FilterPanel& panel_;
    TagWriter& writer_;
    QMenu* menu_;
    std::vector<store::SavedFilter> filters_;
};

}  // namespace rest::ui
