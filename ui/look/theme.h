// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>
#include <QString>
#include <array>
#include <optional>

namespace rest::ui {

enum class Theme { automatic, light, dark };
std::optional<Theme> themeFromString(const QString& name);  // "auto", "light", "dark"

/// The colours beyond QPalette's, derived from it, so that they follow whatever palette is set.
struct Colours {
    bool dark = false;
    QColor window, base, raised, border, text, muted, accent, accent_text, good, warning, bad;
    std::array<QColor, 4> curves;
};
Colours coloursOf(const QPalette& palette);
Colours colours();  // of the application's palette

class DesktopScheme;

/// Applies the program's look. With `automatic` the desktop decides: by its settings portal, else by the palette Qt
/// took from it. Where Qt has no style for the desktop and falls back to Fusion, our own light or dark palette is used.
class ThemeManager : public QObject {
    Q_OBJECT

  public:
    explicit ThemeManager(Theme theme, QObject* parent = nullptr);
    void setTheme(Theme theme);

  Q_SIGNALS:
    void changed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void restyle();
    QPalette desktop_;
    DesktopScheme* scheme_;
    Theme theme_;
    bool applying_ = false;
};

}  // namespace rest::ui
