// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/help_topic.h"

#include <QVariant>
#include <QWidget>

namespace rest::ui {
namespace {

constexpr auto name_property = "helpTopic";
constexpr auto find_property = "helpFind";

}  // namespace

void setHelpTopic(QWidget* widget, const HelpTopic& topic) {
    widget->setProperty(name_property, topic.name);
    widget->setProperty(find_property, topic.find);
}

HelpTopic helpTopic(const QWidget* widget) {
    for (; widget; widget = widget->parentWidget()) {
        const QString name = widget->property(name_property).toString();
        if (!name.isEmpty()) return {name, widget->property(find_property).toString()};
    }
    return {};
}

}  // namespace rest::ui
