// SPDX-License-Identifier: GPL-3.0-or-later
// The page of models, with a hub on this machine that has the demo's captioner.
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "tests/support/hub_server.h"
#include "tests/support/test_program.h"
#include "ui/controls/notice_bar.h"
#include "ui/models/model_panel.h"
#include "ui/models/model_table.h"
#include "ui/models/models_page.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"
#include "ui/shell/main_window.h"
#include "ui/train/train_page.h"

using namespace rest;
using namespace rest::ui;
namespace fs = std::filesystem;

class TestUiModelsPage : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<test::HubServer> hub_;

    static std::map<std::string, test::HubServer::File> demo_captioner() {
        std::map<std::string, test::HubServer::File> files;
        for (const char* name : {"config.json", "preprocessor_config.json", "vocab.txt", "model.safetensors"}) {
            const auto content = read_file(resources_dir() / "demo" / "blip" / name);
            files[name] = {content, std::string(name) == "model.safetensors"};
        }
        return files;
    }

    static QString state(ModelsPage& page, const std::string& name) {
        const int row = page.table()->rowOf(name);
        return page.table()->index(row, ModelTable::StateColumn).data().toString();
    }
    static void showModels(MainWindow& window) {
        window.show();
        window.showPage(MainWindow::Page::models);
        QTRY_VERIFY(window.modelsPage().table()->rowCount() >= 9);
    }
    fs::path store() const { return fs::path(dir_->path().toStdString()) / "data" / "rest-studio" / "models"; }

  private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() {
        QSettings().clear();
        dir_ = std::make_unique<QTemporaryDir>();
        hub_ = std::make_unique<test::HubServer>("Salesforce/blip-image-captioning-base", demo_captioner());
        qputenv("XDG_DATA_HOME", dir_->filePath(QStringLiteral("data")).toUtf8());
        qputenv("HF_HOME", dir_->filePath(QStringLiteral("hf")).toUtf8());
        qputenv("HF_ENDPOINT", QByteArray::fromStdString(hub_->endpoint()));
        qputenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1");
        for (const char* name : {"HF_TOKEN", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HUB_OFFLINE",
                                 "TRANSFORMERS_OFFLINE", "http_proxy", "HTTP_PROXY"})
            qunsetenv(name);
    }

    void gotWithoutAProject() {
        MainWindow window;
        showModels(window);
        auto& page = window.modelsPage();
        page.select("blip-base");
        QCOMPARE(state(page, "blip-base"), QStringLiteral("Available"));
        QVERIFY(page.panel()->getButton()->isVisible() && !page.panel()->removeButton()->isVisible());
        QVERIFY(!page.panel()->useButton()->isVisible());  // there is no project
        page.panel()->getButton()->click();
        QVERIFY(page.panel()->cancelButton()->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(state(page, "blip-base"), QStringLiteral("Installed"), 60000);
        QVERIFY2(page.message().contains(QStringLiteral("blip-base")), qPrintable(page.message()));
        QVERIFY(fs::exists(store() / "blip-base" / "model.safetensors"));
        QVERIFY(!page.panel()->getButton()->isVisible() && page.panel()->checkButton()->isVisible());
    }

    void errorsStandWithTheModel() {
        hub_->fault("/api/", 401);
        MainWindow window;
        showModels(window);
        auto& page = window.modelsPage();
        page.select("blip-base");
        page.panel()->getButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(page.panel()->message().contains(QStringLiteral("HF_TOKEN")), 60000);
        page.select("blip-large");
        QVERIFY(page.panel()->message().isEmpty());
        page.select("blip-base");
        page.panel()->getButton()->click();  // the message disappears with the next attempt
        QTRY_COMPARE_WITH_TIMEOUT(state(page, "blip-base"), QStringLiteral("Installed"), 60000);
        QVERIFY(page.panel()->message().isEmpty());
    }

    void cancelledAndResumed() {
        hub_->fault("/blobs/", [](test::HttpAnswer answer, const test::HttpAsked&) {
            answer.cut_after = 100'000;
            answer.stalls = true;
            return answer;
        });
        MainWindow window;
        showModels(window);
        auto& page = window.modelsPage();
        page.select("blip-base");
        page.panel()->getButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(hub_->count("/blobs/"), 1, 60000);
        page.panel()->cancelButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(state(page, "blip-base").startsWith(QStringLiteral("Begun")), 60000);
        page.panel()->getButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(state(page, "blip-base"), QStringLiteral("Installed"), 60000);
    }

    void usedRemovedAndOffered() {
        MainWindow window;
        window.show();
        window.session().create(dir_->filePath(QStringLiteral("p.rest")));
        QTRY_VERIFY(window.session().isOpen());
        showModels(window);
        auto& page = window.modelsPage();
        page.addFolder(QString::fromStdString((resources_dir() / "demo" / "blip").string()));
        QTRY_VERIFY_WITH_TIMEOUT(page.table()->rowOf("blip") >= 0, 60000);
        page.select("blip");
        QVERIFY(page.panel()->useButton()->isVisible() && page.panel()->removeButton()->isEnabled());
        page.panel()->useButton()->click();
        QTRY_COMPARE(window.session().models().captioner, std::string("blip"));
        QTRY_VERIFY(state(page, "blip").endsWith(QStringLiteral("in use")));
        QVERIFY(!page.panel()->removeButton()->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(window.trainPage().modelMessage().contains(QStringLiteral("can be used")), 60000);

        auto models = window.session().models();
        models.captioner = "blip-large";  // not on this machine
        window.session().setModels(models);
        QTRY_VERIFY_WITH_TIMEOUT(
            window.trainPage().modelMessage().contains(QStringLiteral("rest models get blip-large")), 60000);
        QTRY_VERIFY(page.panel()->removeButton()->isEnabled());
        page.panel()->removeButton()->click();
        auto* box = window.findChild<QMessageBox*>();
        QVERIFY(box);
        for (auto* made : box->buttons()) {
            if (box->buttonRole(made) == QMessageBox::AcceptRole) made->click();
        }
        QTRY_COMPARE(page.table()->rowOf("blip"), -1);
        QVERIFY(fs::exists(resources_dir() / "demo" / "blip" / "config.json"));
    }

    void noModelGetsNoName() {
        MainWindow window;
        showModels(window);
        window.modelsPage().addFolder(dir_->path());
        QTRY_VERIFY_WITH_TIMEOUT(window.modelsPage().message().contains(QStringLiteral("cannot be used")), 60000);
    }

    void offline() {
        qputenv("HF_HUB_OFFLINE", "1");
        MainWindow window;
        showModels(window);
        auto& page = window.modelsPage();
        page.select("blip-base");
        QVERIFY(!page.panel()->getButton()->isEnabled() && page.panel()->byHandButton()->isVisible());
    }

    void mirror() {
        qunsetenv("HF_ENDPOINT");
        MainWindow window;
        showModels(window);
        auto& page = window.modelsPage();
        auto* line = page.findChild<QLineEdit*>();
        line->setText(QStringLiteral("no address"));
        Q_EMIT line->editingFinished();
        QVERIFY2(page.message().contains(QStringLiteral("no address")), qPrintable(page.message()));
        line->setText(QString::fromStdString(hub_->endpoint()) + QChar('/'));
        Q_EMIT line->editingFinished();
        page.get("blip-base");
        QTRY_COMPARE_WITH_TIMEOUT(state(page, "blip-base"), QStringLiteral("Installed"), 60000);
    }
};

REST_TEST(TestUiModelsPage)
#include "test_ui_models_page.moc"
