// SPDX-License-Identifier: GPL-3.0-or-later
// Contrast as WCAG 2.1 computes it: 4.5 for texts (1.4.3), 3 for the borders of what can be pressed or typed into, for
// the sign of the focus and for what charts draw (1.4.11). What is switched off is exempt there, and so are lines
// between rows and around cards, which tell nothing.
#include <QApplication>
#include <QtTest/QtTest>
#include <cmath>

#include "tests/support/test_program.h"
#include "ui/look/theme.h"

using namespace rest::ui;

namespace {

double luminance(const QColor& colour) {
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace

class TestUiContrast : public QObject {
    Q_OBJECT

    struct Named {
        const char* name;
        QColor colour;
    };

    static QStringList tooWeak(const std::vector<Named>& front, const std::vector<Named>& back, double least) {
        QStringList weak;
        for (const Named& on : front) {
            for (const Named& behind : back) {
                const double found = contrast(on.colour, behind.colour);
                if (found < least)
                    weak << QStringLiteral("%1 (%2) on %3 (%4): %5")
                                .arg(QLatin1String(on.name), on.colour.name(), QLatin1String(behind.name),
                                     behind.colour.name())
                                .arg(found, 0, 'f', 2);
            }
        }
        return weak;
    }

  private Q_SLOTS:
    void theFormulaIsThatOfTheGuidelines() {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QVERIFY(std::abs(contrast(QColor("#767676"), Qt::white) - 4.54) < 0.01);  // the known least grey on white
    }

    void bothThemes_data() {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << static_cast<int>(Theme::light);
        QTest::newRow("dark") << static_cast<int>(Theme::dark);
    }
    void bothThemes() {
        QFETCH(int, theme);
        const QPalette before = QApplication::palette();
        ThemeManager themes(static_cast<Theme>(theme));
        const QPalette palette = QApplication::palette();
        const Colours c = colours();
        const std::vector<Named> grounds = {{"window", c.window}, {"base", c.base}, {"raised", c.raised}};
        const Named selected = {"selected", c.selected};
        QStringList weak;
        weak += tooWeak({{"text", c.text}, {"muted", c.muted}}, {grounds[0], grounds[1], grounds[2], selected}, 4.5);
        weak += tooWeak({{"good", c.good},
                         {"warning", c.warning},
                         {"bad", c.bad},
                         {"link", palette.color(QPalette::Link)},
                         {"accent", c.accent}},
                        {grounds[0], grounds[1]}, 4.5);
        weak += tooWeak({{"placeholder", palette.color(QPalette::PlaceholderText)}}, {grounds[1]}, 4.5);
        weak += tooWeak({{"on accent", c.accent_text}}, {{"accent", c.accent}}, 4.5);
        weak += tooWeak({{"tooltip", palette.color(QPalette::ToolTipText)}},
                        {{"its ground", palette.color(QPalette::ToolTipBase)}}, 4.5);
        weak += tooWeak({{"outline", c.outline}, {"focus", c.accent}}, grounds, 3);
        for (const QColor& curve : c.curves) weak += tooWeak({{"curve", curve}}, {grounds[1]}, 3);
        QApplication::setPalette(before);
        qApp->setStyleSheet({});
        QVERIFY2(weak.isEmpty(), qPrintable(weak.join(QChar('\n'))));
    }
};

REST_TEST(TestUiContrast)
#include "test_ui_contrast.moc"
