// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QTest>

#include "tests/ui/made_project.h"
#include "ui/gallery/clip_book.h"
#include "ui/gallery/facet_list.h"
#include "ui/gallery/facet_model.h"
#include "ui/gallery/failure_model.h"
#include "ui/gallery/filter_panel.h"
#include "ui/gallery/gallery_page.h"

namespace rest::ui {

/// MadeProject's clips a to d and `more` others, measured at epochs 5 and 10 of one run. At 10: a right, b wrong
/// (right before), c right (wrong before), d wrong; the others are read as rowing and are juggling, so wrong.
struct MadeFailures {
    MadeProject made;
    store::RunId run = 0;

    explicit MadeFailures(const QString& where, int more = 0) : made(where, more) {
        run = made.addRun("REST");
        const int count = 4 + more;
        std::vector<store::PredictionRecord> before, after;
        const auto said = [&](int i, const std::string& caption, int read, float margin) {
            const int labels[] = {1, 1, 0, 2};
            const int label = i < 4 ? labels[i] : 0;
            const int second = (read + 1) % 3;
            return store::PredictionRecord{made.clips.at(static_cast<size_t>(i)),
                                           caption,
                                           -0.75,
                                           read,
                                           label == read     ? 0
                                           : label == second ? 1
                                                             : 2,
                                           {{read, 0.5F}, {second, 0.5F - margin}, {(read + 2) % 3, 0.1F}}};
        };
        const std::string words[] = {"a person rows a boat", "surfing a wave", "juggling three balls",
                                     "a dog in the water"};
        const int reads[] = {1, 2, 0, 1}, reads_before[] = {1, 1, 2, 1};
        for (int i = 0; i < count; ++i) {
            const std::string caption = i < 4 ? words[i] : "someone throws things, number " + std::to_string(i);
            after.push_back(said(i, caption, i < 4 ? reads[i] : 1, 0.01F * static_cast<float>(i + 1)));
            before.push_back(said(i, "before: " + caption, i < 4 ? reads_before[i] : 1, 0.02F));
        }
        auto project = store::Project::open(path(made.folder));
        project.put_predictions(run, 5, before);
        project.put_predictions(run, 10, after);
        project.add_metrics(run,
                            std::vector<store::MetricPoint>{{"clip_tam_top1", 5, 25, 0}, {"clip_tam_top1", 10, 50, 1}});
    }
    store::Project read() const { return store::Project::open(path(made.folder), store::OpenMode::read_only); }
    store::VideoId clip(size_t i) const { return made.clips.at(i); }
};

inline bool openGallery(MainWindow& window, const MadeFailures& failures) {
    if (!openIn(window, failures.made)) return false;
    window.activateWindow();
    window.showPage(MainWindow::Page::failures);
    GalleryPage& page = window.galleryPage();
    return QTest::qWaitFor([&] { return !page.book()->table()->clips.empty() && page.idle(); });
}

/// Ticks the option of that name as a user does.
inline bool tickOption(const FacetList* facet, const QString& name) {
    for (int row = 0; row < facet->model()->rowCount(); ++row) {
        const QModelIndex index = facet->model()->index(row);
        if (index.data().toString() != name) continue;
        facet->view()->scrollTo(index);
        QTest::mouseClick(facet->view()->viewport(), Qt::LeftButton, {}, facet->view()->visualRect(index).center());
        return true;
    }
    return false;
}

/// Chooses a card as a user does.
inline void clickCard(const GalleryPage& page, int row) {
    page.grid()->scrollTo(page.model()->index(row));
    QTest::mouseClick(page.grid()->viewport(), Qt::LeftButton, {},
                      page.grid()->visualRect(page.model()->index(row)).center());
}

/// -1: there is no such option.
inline qint64 countOf(const FacetList* facet, const QString& name) {
    for (int row = 0; row < facet->model()->rowCount(); ++row) {
        const QModelIndex index = facet->model()->index(row);
        if (index.data().toString() == name) return index.data(FacetModel::CountRole).toLongLong();
    }
    return -1;
}

/// Captions of what is shown, in its order.
inline QStringList captionsShown(const GalleryPage& page) {
    QStringList out;
    for (int row = 0; row < page.model()->rowCount(); ++row) out << page.model()->index(row).data().toString();
    return out;
}

}  // namespace rest::ui
