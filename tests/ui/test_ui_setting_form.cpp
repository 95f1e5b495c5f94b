// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "ui/train/setting_form.h"
#include "ui/train/setting_row.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::ui;

class TestUiSettingForm : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everySettingHasARow() {
        SettingForm form;
        for (const SettingInfo& info : setting_infos()) {
            SettingRow* row = form.row(info.name);
            QVERIFY2(row, info.name.c_str());
            QVERIFY2(row->toolTip().contains(QString::fromStdString(info.help).toHtmlEscaped()), info.name.c_str());
        }
    }

    void presetsFillTheForm() {
        SettingForm form;
        for (const std::string& name : preset_names()) {
            form.setPreset(QString::fromStdString(name));
            QCOMPARE(to_json(form.settings()), to_json(preset(name)));
            QVERIFY(form.valid());
        }
    }

    void typingWritesTheSetting() {
        SettingForm form;
        form.setPreset(QStringLiteral("paper"));
        QSignalSpy changed(&form, &SettingForm::changed);
        auto* line = form.row("epochs")->findChild<QLineEdit*>();
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("20"));
        QCOMPARE(form.settings().optimisation.epochs, int64_t{20});
        QVERIFY(changed.count() > 0);
        form.row("learning_rate")->setValue(QStringLiteral("3e-4"));
        QCOMPARE(form.settings().optimisation.learning_rate, 3e-4);
        form.row("augment")->setValue(QStringLiteral("false"));
        QCOMPARE(form.settings().clips.augment, false);
        form.row("precision")->setValue(QStringLiteral("fp32"));
        QVERIFY(form.settings().machine.precision == engine::Precision::fp32);
    }

    void wrongValuesAreMarkedAndNotTaken() {
        SettingForm form;
        form.setPreset(QStringLiteral("paper"));
        form.row("batch_size")->setValue(QStringLiteral("many"));
        QVERIFY(!form.valid());
        QCOMPARE(form.settings().optimisation.batch_size, int64_t{64});
        QCOMPARE(form.row("batch_size")->findChild<QLineEdit*>()->property("wrong").toBool(), true);
        form.row("batch_size")->setValue(QStringLiteral("32"));
        QVERIFY(form.valid());
        QCOMPARE(form.settings().optimisation.batch_size, int64_t{32});
    }

    void changesAreMarkedAndTakenBack() {
        SettingForm form;
        form.setPreset(QStringLiteral("paper"));
        SettingRow* row = form.row("epochs");
        auto* reset = row->findChild<QToolButton*>();
        QVERIFY(reset->isHidden());
        row->setValue(QStringLiteral("7"));
        QVERIFY(!reset->isHidden());
        reset->click();
        QCOMPARE(row->value(), QStringLiteral("60"));
        QVERIFY(reset->isHidden());
        QCOMPARE(form.settings().optimisation.epochs, int64_t{60});
    }
};

REST_TEST(TestUiSettingForm)
#include "test_ui_setting_form.moc"
