// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of a hub other than the file: each is reported with a remedy, or retried if that helps.
#include "tests/models/made_models.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::models;
using namespace rest::test;

class TestHubRefusals : public QObject {
    Q_OBJECT

    static bool has(const std::string& text, const std::string& part) {
        if (text.find(part) != std::string::npos) return true;
        qWarning("\"%s\" lacks \"%s\"", text.c_str(), part.c_str());
        return false;
    }

  private Q_SLOTS:
    void gatedWithoutToken() {
        HubWorld w;
        w.hub.token = "hf_good";
        const auto said = w.refusal();
        QVERIFY(has(said, "gated") && has(said, w.hub.endpoint() + "/" + kRepo) && has(said, "HF_TOKEN"));
        QVERIFY(w.code == ErrorCode::io);
        QVERIFY(w.waits.empty());  // retrying does not help
    }

    void gatedWithAnotherToken() {
        HubWorld w;
        w.hub.token = "hf_good";
        auto request = w.request();
        request.hub.token = "hf_other";
        request.hub.token_source = "HF_TOKEN";
        const auto said = w.refusal([&] { get_model(request, w.task); });
        QVERIFY(has(said, "403") && has(said, "the token from HF_TOKEN") && has(said, "Ask for access"));
        QVERIFY(said.find("hf_other") == std::string::npos);  // a token is never shown
    }

    void expiredToken() {
        HubWorld w;
        w.hub.fault("/api/", 401);
        auto request = w.request();
        request.hub.token = "hf_old";
        request.hub.token_source = "/home/me/token";
        QVERIFY(has(w.refusal([&] { get_model(request, w.task); }), "expired"));
    }

    void noSuchModel() {
        HubWorld w;
        auto request = w.request();
        request.entry.repo = "Owner/no-such-model";
        const auto said = w.refusal([&] { get_model(request, w.task); });
        QVERIFY(w.code == ErrorCode::not_found && has(said, "Owner/no-such-model") && has(said, w.hub.endpoint()));
    }

    void noSuchRevision() {
        HubWorld w;
        auto request = w.request();
        request.revision = "v9";
        QVERIFY(has(w.refusal([&] { get_model(request, w.task); }), "revision"));
    }

    void fileIsGone() {
        HubWorld w;
        w.hub.fault("vocab.txt", 404, {{"X-Error-Code", "EntryNotFound"}});
        QVERIFY(has(w.refusal(), "vocab.txt") && w.code == ErrorCode::not_found);
    }

    void repositoryLacksAKindOfFile() {
        HubWorld w;
        auto request = w.request();
        request.entry.files.push_back({"merges.txt", "tokenizer.json"});
        QVERIFY(has(w.refusal([&] { get_model(request, w.task); }), "merges.txt nor tokenizer.json"));
    }

    void askedTooOften() {
        HubWorld w;
        w.hub.fault("/api/", 429, {{"Retry-After", "7"}});
        w.hub.fault("/blobs/", 429, {{"Retry-After", "11"}});
        w.get();
        QVERIFY(w.is_whole());
        QCOMPARE(w.waits, (std::vector<int64_t>{7, 11}));
    }

    void askedMuchTooOften() {
        HubWorld w;
        w.hub.fault("/api/", 429, {{"Retry-After", "7200"}});
        QVERIFY(has(w.refusal(), "7200 seconds"));  // the user decides whether to wait for hours
        QVERIFY(w.waits.empty());
    }

    void troubleThatPasses() {
        HubWorld w;
        for (const int status : {503, 500, 502, 408}) w.hub.fault("/api/", status);
        w.get();
        QVERIFY(w.is_whole());
        QCOMPARE(w.waits, (std::vector<int64_t>{1, 2, 4, 8}));
    }

    void troubleThatStays() {
        HubWorld w;
        for (int i = 0; i < 20; ++i) w.hub.fault("/blobs/", 503);
        const auto said = w.refusal();
        QVERIFY(has(said, "503") && has(said, "model.safetensors"));
        QCOMPARE(w.waits, (std::vector<int64_t>{1, 2, 4, 8, 16}));
    }

    void nobodyThere() {
        HubWorld w;
        auto request = w.request();
        request.hub.endpoint = "http://127.0.0.1:1";
        const auto said = w.refusal([&] { get_model(request, w.task); });
        QVERIFY(has(said, "127.0.0.1:1") && has(said, "HF_ENDPOINT") && has(said, "--by-hand"));
    }

    void pageInPlaceOfAnAnswer() {
        HubWorld w;
        w.hub.fault("/api/", [](HttpAnswer, const HttpAsked&) {
            return HttpAnswer{.body = "<html>Log in to the hotel's network</html>"};
        });
        QVERIFY(has(w.refusal(), "log-in") && w.code == ErrorCode::damaged);
    }

    void redirectsWithoutEnd() {
        HubWorld w;
        for (int i = 0; i < 20; ++i) w.hub.fault("/api/", 307, {{"Location", "/api/again"}});
        QVERIFY(has(w.refusal(), "without end"));
    }

    void renamedRepository() {
        HubWorld w;
        const auto target = "/api/models/" + std::string(kRepo) + "/revision/main?blobs=true";
        auto request = w.request();
        request.entry.repo = "Old/name";
        w.hub.fault("/api/models/Old", 307, {{"Location", target}});
        for (const char* file : {"config.json", "vocab.txt", "model.safetensors"}) {
            w.hub.fault(std::string("/Old/name/resolve/") + w.hub.commit + "/" + file, 307,
                        {{"Location", "/" + std::string(kRepo) + "/resolve/" + w.hub.commit + "/" + file}});
        }
        get_model(request, w.task);
        QVERIFY(w.is_whole());
    }

    void redirectToAnotherScheme() {
        HubWorld w;
        w.hub.fault("/api/", 302, {{"Location", "file:///etc/passwd"}});
        QVERIFY(has(w.refusal(), "file:///etc/passwd") && w.code == ErrorCode::unsupported);
    }

    void offline() {
        HubWorld w;
        auto request = w.request();
        request.hub.offline = true;
        const auto said = w.refusal([&] { get_model(request, w.task); });
        QVERIFY(has(said, "HF_HUB_OFFLINE") && has(said, (w.places.store / "small").string()));
        QVERIFY(has(said, w.hub.endpoint() + "/Owner/small-model/resolve/main/model.safetensors"));
        QVERIFY(w.hub.asked().empty());
    }

    void cancelledWhileWaiting() {
        HubWorld w;
        w.hub.fault("/api/", 503);
        auto request = w.request();
        request.hub.wait = [&](std::chrono::seconds, Task& task) {
            w.task.control.cancel();
            task.check();
        };
        QVERIFY_THROWS_EXCEPTION(Cancelled, get_model(request, w.task));
    }
};

REST_TEST(TestHubRefusals)
#include "test_hub_refusals.moc"
