// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_choice.h"

#include <QSettings>
#include <QString>

namespace rest::ui {

namespace {
const QString key = QStringLiteral("hub_mirror");
}

models::HubSettings chosenHub() {
    auto hub = models::hub_settings_from_environment();
    const QString mirror = QSettings().value(key).toString();
    if (!mirror.isEmpty() && !hubIsSetOutside())
        hub.endpoint = models::checked_endpoint(mirror.toStdString(), "The mirror");
    return hub;
}

bool hubIsSetOutside() {
    return !qEnvironmentVariable("HF_ENDPOINT").trimmed().isEmpty();
}

void chooseMirror(const QString& address) {
    if (address.trimmed().isEmpty()) return QSettings().remove(key);
    QSettings().setValue(key, QString::fromStdString(models::checked_endpoint(address.toStdString(), "The mirror")));
}

}  // namespace rest::ui
