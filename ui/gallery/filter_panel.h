// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "core/gallery/filtered_clips.h"

class QLineEdit;
class QPushButton;

namespace rest::ui {

class ClipBook;
class FacetList;
class MarginRange;

/// What can be asked of the clips of a ClipBook, each option with the number of clips it would show. It asks the book.
class FilterPanel : public QWidget {
    Q_OBJECT

  public:
    explicit FilterPanel(ClipBook& book, QWidget* parent = nullptr);

    /// What stands in the panel.
    gallery::ClipFilter filter() const;
    void setFilter(const gallery::ClipFilter& filter);
    void clear();
    QLineEdit* words() const { return words_; }
    MarginRange* margin() const { return margin_; }

    FacetList* verdicts() const { return verdicts_; }
    FacetList* changes() const { return changes_; }
    FacetList* tags() const { return tags_; }
    FacetList* labels() const { return labels_; }
    FacetList* people() const { return people_; }

    /// Keys of the facet of tags that are none.
    static constexpr qint64 untagged_key = -1, noted_key = -2;

  Q_SIGNALS:
    void changed();  // by the user or by setFilter()

  private:
    void takeTable();
    void takeTags();
    void takeCounts();
    void ask();

    ClipBook& book_;
    QLineEdit* words_;
    QPushButton* clear_;
    FacetList* verdicts_;
    FacetList* changes_;
    FacetList* tags_;
    FacetList* people_;
    FacetList* splits_;
    FacetList* labels_;
    FacetList* predicted_;
    MarginRange* margin_;
    QTimer wait_;
    bool setting_ = false;
};

}  // namespace rest::ui
