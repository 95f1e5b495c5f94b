// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/saved_filters.h"

#include <QInputDialog>
#include <QMenu>
#include <algorithm>

#include "core/gallery/filter_json.h"
#include "ui/gallery/clip_book.h"
#include "ui/gallery/filter_panel.h"
#include "ui/gallery/tag_writer.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/session/project_session.h"

namespace rest::ui {

SavedFilters::SavedFilters(ProjectSession& session, ClipBook& book, FilterPanel& panel, TagWriter& writer,
                           QWidget* parent)
    : QToolButton(parent), session_(session), book_(book), panel_(panel), writer_(writer), menu_(new QMenu(this)) {
    setText(tr("Saved filters"));
    setToolTip(tr("Take a filter that was saved, or save the one that stands"));
    setProperty("chip", true);
    setProperty("opens", true);
    setMenu(menu_);
    setPopupMode(QToolButton::InstantPopup);
    connect(menu_, &QMenu::aboutToShow, this, &SavedFilters::fillMenu);
    connect(&session_, &ProjectSession::opened, this, &SavedFilters::reload);
    connect(&session_, &ProjectSession::closed, this, [this] { filters_.clear(); });
    connect(&writer_, &TagWriter::written, this, &SavedFilters::reload);
    fillMenu();
}

void SavedFilters::reload() {
    session_.read(
        this, [](const store::Project& project) { return project.saved_filters(); },
        [this](std::vector<store::SavedFilter> found) { filters_ = std::move(found); });
}

QStringList SavedFilters::names() const {
    QStringList names;
    for (const store::SavedFilter& filter : filters_) names << ui::text(filter.name);
    return names;
}

void SavedFilters::fillMenu() {
    menu_->clear();
    for (const QString& name : names()) {
        QString label = name;
        menu_->addAction(label.replace(QChar('&'), QStringLiteral("&&")), this, [this, name] { take(name); });
    }
    if (!filters_.empty()) menu_->addSeparator();
    menu_->addAction(ui::icon(QStringLiteral("add")), tr("Save this filter…"), this, &SavedFilters::askName);
    if (filters_.empty()) return;
    QMenu* removing = menu_->addMenu(tr("Remove"));
    for (const QString& name : names()) {
        QString label = name;
        removing->addAction(label.replace(QChar('&'), QStringLiteral("&&")), this, [this, name] { remove(name); });
    }
}

void SavedFilters::askName() {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this filter"));
    dialog->setLabelText(tr("Name; one that is taken is replaced, which can be undone"));
    dialog->setOkButtonText(tr("Save"));
    connect(dialog, &QInputDialog::textValueSelected, this, &SavedFilters::save);
    dialog->open();
}

void SavedFilters::save(const QString& name) {
    if (name.simplified().isEmpty()) return;
    const std::string filter = gallery::to_json(panel_.filter(), book_.table()->classes, book_.marks()->tags);
    writer_.write(tr("Filter “%1” saved").arg(name.simplified()),
                  [name = name.simplified().toStdString(), filter,
                   who = TagWriter::who().toStdString()](store::TagBook& book) -> TagWriter::Undo {
                      const auto before = book.save_filter(name, filter, who);
                      return [before, name](store::TagBook& same) {
                          if (before)
                              same.restore_filter(*before);
                          else
                              same.remove_filter(name);
                      };
                  });
}

void SavedFilters::take(const QString& name) {
    const auto found = std::ranges::find(filters_, name.toStdString(), &store::SavedFilter::name);
    if (found == filters_.end()) return;
    try {
        const auto read = gallery::filter_from_json(found->filter, book_.table()->classes, book_.marks()->tags);
        panel_.setFilter(read.filter);
        if (read.lost.empty()) return;
        QStringList lost;
        for (const std::string& one : read.lost) lost << ui::text(one);
        Q_EMIT told(tr("Filter “%1” asks for what is gone: %2").arg(name, lost.join(QStringLiteral(", "))), false);
    } catch (const Error& error) {
        Q_EMIT told(ui::text(error.full_text()), false);
    }
}

void SavedFilters::remove(const QString& name) {
    writer_.write(tr("Filter “%1” removed").arg(name),
                  [name = name.toStdString()](store::TagBook& book) -> TagWriter::Undo {
                      const auto before = book.remove_filter(name);
                      if (!before) return {};
                      return [before](store::TagBook& same) { same.restore_filter(*before); };
                  });
}

}  // namespace rest::ui
