// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <optional>

namespace rest::ui {

/// The desktop's preference for light or dark, from its settings portal: GNOME and others report it there and not in
/// Qt's palette. Empty if there is no portal.
class DesktopScheme : public QObject {
    Q_OBJECT

  public:
    explicit DesktopScheme(QObject* parent = nullptr);
    std::optional<bool> dark() const { return dark_; }

  Q_SIGNALS:
    void changed();

  private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

  private:
    void take(const QVariant& value);
    std::optional<bool> dark_;
};

}  // namespace rest::ui
