// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

class QScrollArea;

namespace rest::ui {

/// Spacing between widgets, in device-independent pixels.
constexpr int page_margin = 20;
constexpr int gap = 12;
constexpr int small_gap = 6;

QLabel* pageTitle(const QString& text);
QLabel* sectionTitle(const QString& text);
QLabel* mutedLabel(const QString& text = {});
/// tone: "muted", "good", "bad", "warning" or empty.
void setTone(QWidget* widget, const char* tone);
/// Sets a property that the style sheet selects by and repolishes the widget.
void setStyleProperty(QWidget* widget, const char* name, const QVariant& value);
QPushButton* button(const QString& text, const QString& icon = {}, bool primary = false);
QToolButton* toolButton(const QString& icon, const QString& tip);
QFrame* card();
/// Shows `inside` at the full width and scrolls it vertically. The background is transparent.
QScrollArea* scrolled(QWidget* inside);

}  // namespace rest::ui
