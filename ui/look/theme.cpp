// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QStyle>
#include <QStyleFactory>
#include <algorithm>
#include <vector>

#include "ui/look/desktop_scheme.h"

static void initialiseResources() {
    Q_INIT_RESOURCE(rest_ui);
}

namespace rest::ui {

namespace {

QColor mixed(const QColor& a, const QColor& b, double share_of_a) {
    const auto mix = [&](int x, int y) { return static_cast<int>(x * share_of_a + y * (1 - share_of_a) + 0.5); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QPalette ownPalette(bool dark) {
    const QColor window(dark ? "#1b1e24" : "#f5f6f8");
    const QColor base(dark ? "#23272e" : "#ffffff");
    const QColor text(dark ? "#e3e6eb" : "#1c2128");
    const QColor button(dark ? "#2d323b" : "#ffffff");
    const QColor accent(dark ? "#5b9bff" : "#2563d9");
    const QColor faint = mixed(text, window, 0.55);
    QPalette palette(button, window);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, mixed(text, base, 0.03));
    palette.setColor(QPalette::Button, button);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, text);
        palette.setColor(QPalette::Disabled, role, mixed(text, window, 0.4));
    }
    palette.setColor(QPalette::BrightText, QColor("#ffffff"));
    palette.setColor(QPalette::ToolTipBase, dark ? QColor("#313742") : base);
    palette.setColor(QPalette::PlaceholderText, faint);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, QColor(dark ? "#0d1420" : "#ffffff"));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, mixed(accent, window, 0.4));
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::LinkVisited, accent);
    palette.setColor(QPalette::Mid, mixed(text, window, 0.25));
    palette.setColor(QPalette::Dark, mixed(text, window, 0.35));
    palette.setColor(QPalette::Light, dark ? QColor("#3a404b") : QColor("#ffffff"));
    palette.setColor(QPalette::Shadow, QColor("#000000"));
    return palette;
}

QString styleSheet(const Colours& c) {
    QFile file(QStringLiteral(":/style/studio.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char*, QColor> names[] = {{"@accent-text", c.accent_text},
                                                    {"@accent", c.accent},
                                                    {"@window", c.window},
                                                    {"@base", c.base},
                                                    {"@raised", c.raised},
                                                    {"@border", c.border},
                                                    {"@text", c.text},
                                                    {"@muted", c.muted},
                                                    {"@good", c.good},
                                                    {"@bad", c.bad},
                                                    {"@warning", c.warning},
                                                    {"@hover", mixed(c.text, c.window, 0.08)},
                                                    {"@handle", mixed(c.text, c.window, 0.3)},
                                                    {"@selected", mixed(c.accent, c.window, c.dark ? 0.28 : 0.14)},
                                                    {"@tint-bad", mixed(c.bad, c.window, 0.14)},
                                                    {"@tint-good", mixed(c.good, c.window, 0.14)},
                                                    {"@tint-note", mixed(c.accent, c.window, 0.12)}};
    // Longest names first, so that no name is replaced as the prefix of another.
    std::vector<std::pair<QString, QString>> sorted;
    for (const auto& [name, colour] : names) sorted.emplace_back(QLatin1String(name), colour.name());
    std::ranges::sort(sorted, [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    for (const auto& [name, colour] : sorted) sheet.replace(name, colour);
    return sheet;
}

}  // namespace

std::optional<Theme> themeFromString(const QString& name) {
    if (name == QLatin1String("auto")) return Theme::automatic;
    if (name == QLatin1String("light")) return Theme::light;
    if (name == QLatin1String("dark")) return Theme::dark;
    return std::nullopt;
}

Colours coloursOf(const QPalette& palette) {
    Colours c;
    c.dark = isDark(palette);
    c.window = palette.color(QPalette::Active, QPalette::Window);
    c.base = palette.color(QPalette::Active, QPalette::Base);
    c.text = palette.color(QPalette::Active, QPalette::WindowText);
    c.raised = palette.color(QPalette::Active, QPalette::Button);
    c.border = mixed(c.text, c.window, c.dark ? 0.16 : 0.14);
    c.muted = mixed(c.text, c.window, 0.62);
    c.accent = palette.color(QPalette::Active, QPalette::Highlight);
    c.accent_text = palette.color(QPalette::Active, QPalette::HighlightedText);
    c.good = QColor(c.dark ? "#5fc48c" : "#1f7f4c");
    c.warning = QColor(c.dark ? "#e5b454" : "#9a6700");
    c.bad = QColor(c.dark ? "#f2827f" : "#c0332e");
    c.curves = c.dark
                   ? std::array<QColor, 4>{QColor("#5b9bff"), QColor("#5fc48c"), QColor("#e5b454"), QColor("#c792ea")}
                   : std::array<QColor, 4>{QColor("#2563d9"), QColor("#1f8f56"), QColor("#b7791f"), QColor("#8b3fc2")};
    return c;
}

Colours colours() {
    return coloursOf(QApplication::palette());
}

ThemeManager::ThemeManager(Theme theme, QObject* parent)
    : QObject(parent), desktop_(QApplication::palette()), scheme_(new DesktopScheme(this)), theme_(theme) {
    initialiseResources();
    connect(scheme_, &DesktopScheme::changed, this, [this] {
        if (theme_ == Theme::automatic) setTheme(theme_);
    });
    qApp->installEventFilter(this);
    setTheme(theme);
}

void ThemeManager::setTheme(Theme theme) {
    theme_ = theme;
    applying_ = true;
    const bool fusion = QApplication::style()->name().compare(QLatin1String("fusion"), Qt::CaseInsensitive) == 0;
    if (theme == Theme::automatic) {
        if (fusion) QApplication::setPalette(ownPalette(scheme_->dark().value_or(isDark(desktop_))));
    } else {
        if (!fusion) QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setPalette(ownPalette(theme == Theme::dark));
    }
    applying_ = false;
    restyle();
}

void ThemeManager::restyle() {
    applying_ = true;
    qApp->setStyleSheet(styleSheet(colours()));
    applying_ = false;
    Q_EMIT changed();
}

bool ThemeManager::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange && !applying_ &&
        theme_ == Theme::automatic) {
        QMetaObject::invokeMethod(this, &ThemeManager::restyle, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace rest::ui
