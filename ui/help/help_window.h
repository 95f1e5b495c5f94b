// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/controls/help_topic.h"

class QLineEdit;
class QListWidget;

namespace rest::ui {

class HelpBrowser;

/// The manual in a window of its own: topics and search at the left, the page at the right.
class HelpWindow : public QWidget {
    Q_OBJECT

  public:
    explicit HelpWindow(QWidget* parent = nullptr);
    void open(const HelpTopic& topic);
    HelpBrowser& browser() { return *browser_; }
    QLineEdit& search() { return *search_; }
    QListWidget& topics() { return *topics_; }

  private:
    QWidget* makeContents();
    QWidget* makeTools();
    void fill();
    void selectShown();
    void savePdf();

    QLineEdit* search_;
    QListWidget* topics_;
    HelpBrowser* browser_;
};

/// A4 with 20 mm at each side, the body at 10 points. False with `error` set when the file cannot be written.
bool writePdf(const HelpBrowser& page, const QString& file, QString* error);

}  // namespace rest::ui
