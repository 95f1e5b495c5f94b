// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace rest::ui {

/// A place in the manual.
struct HelpTopic {
    QString name;  // a topic of core/help; empty: none
    QString find;  // words to scroll to; may be empty
};

/// What F1 opens while the focus is in this widget or below it.
void setHelpTopic(QWidget* widget, const HelpTopic& topic);

/// The topic of the widget or of the nearest ancestor that has one.
HelpTopic helpTopic(const QWidget* widget);

}  // namespace rest::ui
