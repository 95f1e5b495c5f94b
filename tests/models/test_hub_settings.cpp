// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/http.h"
#include "tests/models/made_models.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::models;

class TestHubSettings : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::map<QByteArray, QByteArray> before_;

    void set(const char* name, const QByteArray& value) { qputenv(name, value); }
    QByteArray at(const char* name) const { return dir_.filePath(QString::fromLatin1(name)).toUtf8(); }

  private Q_SLOTS:
    void init() {
        for (const char* name : {"HF_ENDPOINT", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME",
                                 "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH", "HF_HUB_OFFLINE", "HTTP_PROXY",
                                 "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "http_proxy",
                                 "REQUEST_METHOD", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "HOME"}) {
            if (!before_.contains(name)) before_[name] = qgetenv(name);
            qunsetenv(name);
        }
        set("HOME", at("home"));
    }
    void cleanupTestCase() {
        for (const auto& [name, value] : before_) value.isEmpty() ? qunsetenv(name) : qputenv(name, value);
    }

    void withoutAnyVariable() {
        const auto s = hub_settings_from_environment();
        QCOMPARE(s.endpoint, std::string("https://huggingface.co"));
        QCOMPARE(s.cache.string(), at("home/.cache/huggingface/hub").toStdString());
        QVERIFY(s.token.empty() && !s.offline && s.use_keyring && s.http_proxy.empty());
    }

    void cacheByEachVariable() {
        set("XDG_CACHE_HOME", at("xdg"));
        QCOMPARE(hub_cache_folder().string(), at("xdg/huggingface/hub").toStdString());
        set("HF_HOME", "~/hf");
        QCOMPARE(hub_cache_folder().string(), at("home/hf/hub").toStdString());
        set("HUGGINGFACE_HUB_CACHE", at("old"));
        QCOMPARE(hub_cache_folder().string(), at("old").toStdString());
        set("HF_HUB_CACHE", at("new"));
        QCOMPARE(hub_cache_folder().string(), at("new").toStdString());
    }

    void tokenByEachWay() {
        QDir().mkpath(dir_.filePath(QStringLiteral("home/.cache/huggingface")));
        write_file_atomically(at("home/.cache/huggingface/token").toStdString(), "hf_file\n");
        write_file_atomically(at("named").toStdString(), "hf_named\n");
        QCOMPARE(hub_settings_from_environment().token, std::string("hf_file"));
        set("HF_TOKEN_PATH", at("named"));
        QCOMPARE(hub_settings_from_environment().token, std::string("hf_named"));
        QCOMPARE(hub_settings_from_environment().token_source, at("named").toStdString());
        set("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1");
        QVERIFY(hub_settings_from_environment().token.empty() && !hub_settings_from_environment().use_keyring);
        set("HF_TOKEN", " hf_set ");
        QCOMPARE(hub_settings_from_environment().token, std::string("hf_set"));
    }

    void mirrors() {
        set("HF_ENDPOINT", "https://mirror.example/");
        QCOMPARE(hub_settings_from_environment().endpoint, std::string("https://mirror.example"));
        for (const char* wrong : {"mirror.example", "ftp://mirror.example", "https://", "https://a b", "file:///x"}) {
            set("HF_ENDPOINT", wrong);
            QVERIFY_THROWS_EXCEPTION(Error, hub_settings_from_environment());
        }
    }

    void offline_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("offline");
        for (const char* yes : {"1", "ON", "yes", "True"}) QTest::newRow(yes) << QByteArray(yes) << true;
        for (const char* no : {"0", "off", "no", ""}) QTest::newRow(no) << QByteArray(no) << false;
    }
    void offline() {
        QFETCH(QByteArray, value);
        QFETCH(bool, offline);
        for (const char* name : {"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"}) {
            init();
            set(name, value);
            QCOMPARE(hub_settings_from_environment().offline, offline);
        }
    }

    void proxyInCapitals() {
        set("HTTP_PROXY", "http://proxy:3128");
        QCOMPARE(hub_settings_from_environment().http_proxy, std::string("http://proxy:3128"));
        set("REQUEST_METHOD", "GET");  // in a CGI process a visitor could have set the variable
        QVERIFY(hub_settings_from_environment().http_proxy.empty());
    }

    void origins() {
        QVERIFY(same_origin("https://hub/a", "https://HUB:443/b?c"));
        for (const char* other : {"http://hub/a", "https://hub:444/a", "https://hub.evil/a", "https://evil@other/a"})
            QVERIFY2(!same_origin("https://hub/a", other), other);
        QCOMPARE(resolve_url("https://hub/a/b?c", "../d"), std::string("https://hub/d"));
        QCOMPARE(resolve_url("https://hub/a", "https://cdn/x?Signature=a%2Fb~&K=1"),
                 std::string("https://cdn/x?Signature=a%2Fb~&K=1"));
        QVERIFY(resolve_url("https://hub/a", "file:///etc/passwd").empty());
    }
};

REST_TEST(TestHubSettings)
#include "test_hub_settings.moc"
