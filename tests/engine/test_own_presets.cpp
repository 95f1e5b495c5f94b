// SPDX-License-Identifier: GPL-3.0-or-later
// Settings as files: the user's own presets, and exported and imported settings.
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/engine/settings/own_presets.h"
#include "tests/support/error_text.h"
#include "tests/support/other_settings.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;
using namespace rest::test;

namespace fs = std::filesystem;

class TestOwnPresets : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    fs::path folder() const { return fs::path(dir_.path().toStdString()) / "presets"; }

  private Q_SLOTS:
    void everyFieldDiffersInTheProbe() {
        const TrainSettings paper, other = other_settings();
        for (const auto& info : setting_infos())
            QVERIFY2(setting_text(paper, info.name) != setting_text(other, info.name), info.name.c_str());
        check_settings(other);
    }

    void everyFieldComesBackFromAFile() {
        const auto file = fs::path(dir_.path().toStdString()) / "settings.json";
        const auto settings = other_settings();
        write_settings_file(file, settings);
        const auto read = read_settings_file(file);
        for (const auto& info : setting_infos())
            QCOMPARE(setting_text(read, info.name), setting_text(settings, info.name));
        QCOMPARE(read.generation.prompts, settings.generation.prompts);
    }

    void everyFieldComesBackFromItsText() {
        const auto settings = other_settings();
        TrainSettings read;
        for (const auto& info : setting_infos()) set_setting(read, info.name, setting_text(settings, info.name));
        QCOMPARE(to_json(read), to_json(settings));
    }

    void barsAndBackslashesBelongToTheirText() {
        const std::vector<std::vector<std::string>> lists = {
            {"a|b"}, {"a\\|b", "c"}, {"\\", "|"}, {"ends\\", "|begins"}, {"C:\\new\\table"}, {"a video of ", " b "}};
        for (const auto& list : lists) {
            TrainSettings settings, read;
            settings.generation.prompts = list;
            set_setting(read, "prompts", setting_text(settings, "prompts"));
            QCOMPARE(read.generation.prompts, list);
        }
        TrainSettings typed;
        set_setting(typed, "prompts", "C:\\new|two");  // no escape unless needed
        QCOMPARE(typed.generation.prompts, (std::vector<std::string>{"C:\\new", "two"}));
    }

    void savedChosenReplacedDeleted() {
        QVERIFY(own_presets(folder()).empty());
        save_own_preset("mine", other_settings(), folder());
        save_own_preset("another ü", {}, folder());
        QCOMPARE(own_presets(folder()), (std::vector<std::string>{"another ü", "mine"}));
        QCOMPARE(to_json(read_own_preset("mine", folder())), to_json(other_settings()));
        save_own_preset("mine", {}, folder());
        QCOMPARE(to_json(read_own_preset("mine", folder())), to_json(TrainSettings()));
        delete_own_preset("mine", folder());
        QCOMPARE(own_presets(folder()), (std::vector<std::string>{"another ü"}));
        QVERIFY(says(error_text([&] { delete_own_preset("mine", folder()); }), {"mine"}));
        QVERIFY(says(error_text([&] { read_own_preset("mine", folder()); }), {"mine.json"}));
    }

    void namesThatNoFileCanHaveAreRefused() {
        for (const std::string name : {"", " ", "a/b", "../up", ".hidden", "paper", "demo", "line\nend", " blank "})
            QVERIFY2(says(error_text([&] { save_own_preset(name, {}, folder()); }), {"A preset cannot be called"}),
                     name.c_str());
        QVERIFY(says(error_text([&] { save_own_preset(std::string(300, 'x'), {}, folder()); }), {"too long"}));
    }

    void aDamagedFileIsNamed() {
        const auto file = fs::path(dir_.path().toStdString()) / "bad.json";
        for (const char* content : {"", "[1]", "{\"epochs\": \"many\"}", "{\"epoch\": 3}"}) {
            write_file_atomically(file, content);
            QVERIFY2(says(error_text([&] { read_settings_file(file); }), {"bad.json"}), content);
        }
    }
};

REST_TEST(TestOwnPresets)
#include "test_own_presets.moc"
