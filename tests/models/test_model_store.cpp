// SPDX-License-Identifier: GPL-3.0-or-later
// Names of models: added, copied by hand, removed, and looked up where a setting is a name or a path.
#include "tests/models/made_models.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::models;
using namespace rest::test;

class TestModelStore : public QObject {
    Q_OBJECT

    static fs::path put(const fs::path& folder) {
        fs::create_directories(folder);
        for (const auto& [name, file] : small_model()) write_file_atomically(folder / name, file.content);
        return folder;
    }

  private Q_SLOTS:
    void addedFolderStaysWhereItIs() {
        HubWorld w;
        const auto mine = put(w.root() / "my models" / "one");
        add_model(w.places, "mine", mine, ModelUse::captioner);
        const auto info = find_model({}, w.places, "mine");
        QVERIFY(info && info->state == ModelState::added && info->folder == mine);
        QVERIFY(info->use == ModelUse::captioner && info->bytes > 400'000);
        QVERIFY(w.refusal([&] { add_model(w.places, "mine", mine, ModelUse::captioner); }).find("already") !=
                std::string::npos);
        remove_model({}, w.places, "mine");
        QVERIFY(!find_model({}, w.places, "mine") && fs::exists(mine / "config.json"));
    }

    void addedFolderThatGoesAway() {
        HubWorld w;
        const auto mine = put(w.root() / "one");
        add_model(w.places, "mine", mine, ModelUse::captioner);
        fs::remove_all(mine);
        const auto info = *find_model({}, w.places, "mine");
        QVERIFY(info.state == ModelState::damaged && info.problem.find(mine.string()) != std::string::npos);
        remove_model({}, w.places, "mine");
        QVERIFY(!find_model({}, w.places, "mine"));
    }

    void badNames() {
        HubWorld w;
        const auto mine = put(w.root() / "one");
        for (const char* name : {"", "..", ".x", "a/b", "-x", "a b", "ä"}) {
            w.code = ErrorCode::io;
            w.refusal([&] { add_model(w.places, name, mine, ModelUse::clip); });
            QVERIFY2(w.code == ErrorCode::invalid_argument, name);
        }
    }

    void copiedByHand() {
        HubWorld w;
        put(w.places.store / "small");
        QVERIFY(w.info().state == ModelState::installed && w.info().usable());
        auto request = w.request();
        request.hub.offline = true;
        QVERIFY(get_model(request, w.task).outcome == GetOutcome::was_here);
        fs::resize_file(w.places.store / "small" / "model.safetensors", 1000);
        QVERIFY(w.info().state == ModelState::damaged);  // the copy was interrupted
    }

    void removed() {
        HubWorld w;
        w.get();
        remove_model({small_entry()}, w.places, "small");
        QVERIFY(w.info().state == ModelState::available && !fs::exists(w.places.store / "small"));
        w.refusal([&] { remove_model({small_entry()}, w.places, "small"); });
        QVERIFY(w.code == ErrorCode::not_found);
        w.get();
        QVERIFY(w.is_whole());
    }

    void begunDownloadIsRemoved() {
        HubWorld w;
        w.hub.fault("vocab.txt", 404, {{"X-Error-Code", "EntryNotFound"}});
        w.refusal();
        QVERIFY(w.info().state == ModelState::begun);
        remove_model({small_entry()}, w.places, "small");
        QVERIFY(w.info().state == ModelState::available);
    }

    void damagedRecordIsTold() {
        HubWorld w;
        w.get();
        write_file_atomically(w.places.store / "small" / "rest-model.json", "{\"repo\": 7}");
        QVERIFY(w.info().state == ModelState::damaged && w.info().problem.find("rest-model.json") != std::string::npos);
        w.get();
        QVERIFY(w.is_whole());
        QCOMPARE(w.hub.asked_elsewhere().size(), size_t{1});  // intact files were kept
    }

    void namesAndPaths() {
        HubWorld w;
        qputenv("XDG_DATA_HOME", w.dir.filePath(QStringLiteral("data")).toUtf8());
        qputenv("HF_HUB_CACHE", w.dir.filePath(QStringLiteral("hf")).toUtf8());
        const auto store = default_places().store;
        QCOMPARE(store, w.root() / "data" / "rest-studio" / "models");
        const auto said = w.refusal([] { model_folder("blip-base"); });
        QVERIFY(w.code == ErrorCode::not_found && said.find("rest models get blip-base") != std::string::npos);
        const auto here = put(store / "blip-base");
        QCOMPARE(model_folder("blip-base"), here);
        QCOMPARE(name_or_absolute_path("blip-base"), std::string("blip-base"));
        QCOMPARE(model_folder("/some/folder"), fs::path("/some/folder"));
        QCOMPARE(model_folder("nobody-knows"), fs::path("nobody-knows"));
        QCOMPARE(name_or_absolute_path(""), std::string());
        const auto before = fs::current_path();
        fs::current_path(w.root());
        fs::create_directories("blip-base");
        const auto typed = name_or_absolute_path("blip-base");  // a typed name means the folder, if it exists
        const auto meant = model_folder("blip-base");           // but a project's name stays a name
        const auto relative = name_or_absolute_path("nobody-knows");
        fs::current_path(before);
        QCOMPARE(fs::path(typed), fs::canonical(w.root()) / "blip-base");
        QCOMPARE(meant, here);
        QCOMPARE(fs::path(relative), fs::canonical(w.root()) / "nobody-knows");
        fs::resize_file(here / "model.safetensors", 1000);
        w.refusal([] { model_folder("blip-base"); });
        QVERIFY(w.code == ErrorCode::damaged);
    }
};

REST_TEST(TestModelStore)
#include "test_model_store.moc"
