// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "ui/look/format.h"

using namespace rest::ui;

class TestUiFormat : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void aProjectsName_data() {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << QStringLiteral("/data/kitchen.rest") << QStringLiteral("kitchen");
        QTest::newRow("slash") << QStringLiteral("/data/kitchen.rest/") << QStringLiteral("kitchen");
        QTest::newRow("dots") << QStringLiteral("/data/kinetics.v2.rest") << QStringLiteral("kinetics.v2");
        QTest::newRow("no ending") << QStringLiteral("/data/kinetics.v2") << QStringLiteral("kinetics.v2");
        QTest::newRow("up") << QStringLiteral("/data/a.rest/../b.rest") << QStringLiteral("b");
    }
    void aProjectsName() {
        QFETCH(QString, folder);
        QTEST(projectName(folder), "name");
    }
};

REST_TEST(TestUiFormat)
#include "test_ui_format.moc"
