// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/engine/settings/resumed_settings.h"
#include "core/engine/settings/train_settings.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::engine;

namespace {

std::string message_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& e) {
        return e.code() == ErrorCode::invalid_argument ? e.full_text() : "another code";
    }
    return {};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Settings in which every value differs from the paper's.
TrainSettings all_changed() {
    TrainSettings s;
    for (const auto& info : setting_infos()) {
        std::string value = "changed";
        switch (info.kind) {
            case SettingInfo::Kind::integer:
                value = std::to_string(std::stoll(setting_text(s, info.name)) + 1);
                break;
            case SettingInfo::Kind::real:
                value = "0.0078125";
                break;
            case SettingInfo::Kind::boolean:
                value = setting_text(s, info.name) == "true" ? "false" : "true";
                break;
            case SettingInfo::Kind::text:
                value = info.choices.empty() ? "cuda:3" : info.choices.back();
                break;
            case SettingInfo::Kind::text_list:
                value = "ein Vidéo von |\"quoted\"";
                break;
        }
        set_setting(s, info.name, value);
    }
    return s;
}

}  // namespace

class TestTrainSettings : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everySettingIsDescribed() {
        std::set<std::string> names;
        for (const auto& info : setting_infos()) {
            QVERIFY2(names.insert(info.name).second, info.name.c_str());
            QVERIFY2(!info.group.empty() && !info.label.empty(), info.name.c_str());
            QVERIFY2(contains(info.help, "aper"), info.name.c_str());
            const bool number = info.kind == SettingInfo::Kind::integer || info.kind == SettingInfo::Kind::real;
            if (number) QVERIFY2(info.minimum < info.maximum, info.name.c_str());
        }
        for (const char* name :
             {"neighbours", "learning_rate", "weight_decay", "epochs_per_retrieval", "prompts", "device"}) {
            QVERIFY2(names.contains(name), name);
        }
    }

    void everyFieldIsInTheTable() {
        // The fields add up to the struct's size except for padding after booleans and choices: a field without a
        // setting would be missing here.
        size_t bytes = 0, padded = 0;
        for (const auto& info : setting_infos()) {
            switch (info.kind) {
                case SettingInfo::Kind::integer:
                    bytes += sizeof(int64_t);
                    break;
                case SettingInfo::Kind::real:
                    bytes += sizeof(double);
                    break;
                case SettingInfo::Kind::boolean:
                    bytes += sizeof(bool);
                    ++padded;
                    break;
                case SettingInfo::Kind::text:
                    bytes += info.choices.empty() ? sizeof(std::string) : sizeof(Precision);
                    padded += info.choices.empty() ? 0 : 1;
                    break;
                case SettingInfo::Kind::text_list:
                    bytes += sizeof(std::vector<std::string>);
                    break;
            }
        }
        QVERIFY(bytes <= sizeof(TrainSettings));
        QVERIFY(bytes + padded * (alignof(TrainSettings) - 1) >= sizeof(TrainSettings));
    }

    void defaultsAreThePapers() {
        const TrainSettings s = preset("paper");
        QCOMPARE(s.retrieval.neighbours, 2000);
        QCOMPARE(s.retrieval.captions_per_video, 3);
        QCOMPARE(s.retrieval.epochs_per_retrieval, 10);
        QCOMPARE(s.optimisation.epochs, 60);
        QCOMPARE(s.optimisation.batch_size, 64);
        QCOMPARE(s.optimisation.learning_rate, 2e-5);
        QCOMPARE(s.optimisation.minimal_learning_rate, 2e-8);
        QCOMPARE(s.optimisation.beta2, 0.98);
        QCOMPARE(s.optimisation.label_smoothing, 0.2);
        QCOMPARE(setting_text(s, "prompts"), std::string("a video of |a person is|someone is"));
    }

    void presetsHoldTogether() {
        for (const auto& name : preset_names()) check_settings(preset(name));
        QVERIFY(preset("demo").optimisation.epochs < preset("paper").optimisation.epochs);
        const auto said = message_of([] { preset("fast"); });
        QVERIFY(contains(said, "fast") && contains(said, "paper") && contains(said, "demo"));
    }

    void jsonRoundTripsEveryValue() {
        const TrainSettings changed = all_changed();
        const TrainSettings back = settings_from_json(to_json(changed));
        for (const auto& info : setting_infos()) {
            QCOMPARE(setting_text(back, info.name), setting_text(changed, info.name));
            QVERIFY2(setting_text(back, info.name) != setting_text(TrainSettings{}, info.name), info.name.c_str());
        }
        QCOMPARE(nlohmann::json::parse(to_json(changed)).size(), setting_infos().size());
    }

    void textRoundTripsEveryValue() {
        const TrainSettings changed = all_changed();
        TrainSettings back;
        for (const auto& info : setting_infos()) set_setting(back, info.name, setting_text(changed, info.name));
        QCOMPARE(to_json(back), to_json(changed));
    }

    void jsonStartsFromTheBase() {
        const TrainSettings s =
            settings_from_json(R"({"epochs": 7, "learning_rate": 1e-3, "augment": false})", preset("demo"));
        QCOMPARE(s.optimisation.epochs, 7);
        QCOMPARE(s.optimisation.learning_rate, 1e-3);
        QVERIFY(!s.clips.augment);
        QCOMPARE(s.optimisation.batch_size, preset("demo").optimisation.batch_size);
    }

    void unknownNamesAreNamedWithTheClosest() {
        TrainSettings s;
        const auto said = message_of([&] { set_setting(s, "learning_rte", "1"); });
        QVERIFY(contains(said, "learning_rte") && contains(said, "Did you mean learning_rate?"));
        const auto json = message_of([] { settings_from_json(R"({"Epoch": 3})"); });
        QVERIFY(contains(json, "Epoch") && contains(json, "epochs?"));
    }

    void outOfRangeIsNamedWithTheValue() {
        TrainSettings s;
        for (const auto& info : setting_infos()) {
            const bool integer = info.kind == SettingInfo::Kind::integer;
            if (!integer && info.kind != SettingInfo::Kind::real) continue;
            for (const double wrong : {info.minimum - 1, info.maximum * 2 + 1}) {
                const auto text = integer ? std::to_string(static_cast<int64_t>(wrong)) : std::to_string(wrong);
                const auto before = setting_text(s, info.name);
                const auto said = message_of([&] { set_setting(s, info.name, text); });
                QVERIFY2(contains(said, info.name + " = "), said.c_str());
                QVERIFY2(contains(said, text.substr(0, text.find('.'))), said.c_str());
                QCOMPARE(setting_text(s, info.name), before);
                const std::string json = "{\"" + info.name + "\": " + text + "}";
                QVERIFY2(contains(message_of([&] { settings_from_json(json); }), info.name), json.c_str());
            }
            for (const double end : {info.minimum, info.maximum}) {
                set_setting(
                    s, info.name,
                    integer ? std::to_string(static_cast<int64_t>(end)) : QString::number(end, 'g', 17).toStdString());
            }
        }
    }

    void valuesOfTheWrongKindAreRefused() {
        TrainSettings s;
        for (const auto& [name, value] :
             std::vector<std::pair<std::string, std::string>>{{"epochs", "many"},
                                                              {"epochs", "3.5"},
                                                              {"epochs", ""},
                                                              {"epochs", "12x"},
                                                              {"epochs", "99999999999999999999"},
                                                              {"learning_rate", "nan"},
                                                              {"learning_rate", "1,5"},
                                                              {"augment", "maybe"},
                                                              {"precision", "fp8"},
                                                              {"prompts", " | "}}) {
            const auto said = message_of([&, n = name, v = value] { set_setting(s, n, v); });
            QVERIFY2(contains(said, name) && contains(said, value), (name + "=" + value + ": " + said).c_str());
        }
        for (const char* json :
             {R"({"epochs": "20"})", R"({"epochs": 2.5})", R"({"epochs": 1e300})", R"({"augment": 1})",
              R"({"prompts": "a"})", R"({"prompts": [1]})", R"({"prompts": []})", R"({"device": 0})",
              R"({"learning_rate": null})", R"([1])", R"({"epochs": )", ""}) {
            QVERIFY2(!message_of([&] { settings_from_json(json); }).empty(), json);
        }
        QCOMPARE(to_json(s), to_json(TrainSettings{}));
    }

    void contradictionsAreNamed() {
        const auto said = [](auto change) {
            TrainSettings s;
            change(s);
            return message_of([&] { check_settings(s); });
        };
        QVERIFY(contains(said([](auto& s) { s.optimisation.minimal_learning_rate = 1e-3; }),
                         "minimal_learning_rate = 0.001"));
        QVERIFY(contains(said([](auto& s) { s.generation.min_length = 30; }), "min_length = 30"));
        QVERIFY(contains(said([](auto& s) { s.optimisation.micro_batch = 128; }), "micro_batch = 128"));
        QVERIFY(contains(said([](auto& s) { s.generation.prompts.clear(); }), "prompts"));
        QVERIFY(contains(said([](auto& s) { s.optimisation.epochs = 0; }), "epochs = 0"));
        for (const char* device : {"gpu", "cuda:", "cuda:x", "cuda:12345"}) {
            QVERIFY(contains(said([device](auto& s) { s.machine.device = device; }), device));
        }
        QCOMPARE(said([](auto& s) { s.machine.device = "cuda:1"; }), std::string());
    }

    void aSettingNamedTwiceIsRefused() {
        for (const char* json : {R"({"epochs": 6, "epochs": 12})", R"({"epochs": 6, "seed": 1, "epochs": 6})"}) {
            try {
                settings_from_json(json);
                QFAIL("read");
            } catch (const Error& e) {
                QVERIFY2(std::string(e.what()).find("epochs twice") != std::string::npos, e.what());
            }
        }
    }

    void aResumedRunTakesWhatChangesNoResult() {
        const auto own = preset("demo");
        const std::vector<AskedSetting> same = {
            {"threads", "3"}, {"micro_batch", "2"}, {"device", "cpu"}, {"learning_rate", "0.00007"}, {"epochs", "15"}};
        const auto taken = resumed_settings(own, same, "");
        QCOMPARE(taken.machine.threads, 3);
        QCOMPARE(taken.optimisation.micro_batch, 2);
        QCOMPARE(taken.optimisation.learning_rate, own.optimisation.learning_rate);
        const std::vector<AskedSetting> other = {{"seed", "2"}, {"threads", "3"}, {"precision", "fp32"}};
        try {
            resumed_settings(own, other, "Start anew.");
            QFAIL("taken");
        } catch (const Error& e) {
            QCOMPARE(std::string(e.what()),
                     std::string("A resumed run keeps the settings that it started with: seed = 1, not 2; "
                                 "precision = auto, not fp32"));
            QCOMPARE(e.remedy(), std::string("Start anew."));
        }
    }
};

REST_TEST(TestTrainSettings)
#include "test_train_settings.moc"
