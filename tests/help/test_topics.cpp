// SPDX-License-Identifier: GPL-3.0-or-later
// The manual agrees with itself and with the program that it speaks of.
#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>
#include <QtTest/QtTest>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/engine/settings/train_settings.h"
#include "core/help/topics.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;

namespace {

QString path(const std::filesystem::path& place) {
    return QString::fromStdString(place.string());
}

QString text_of(const char* topic) {
    return QString::fromStdString(help::topic_text(topic));
}

QString read(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
}

/// All sources, with texts that are broken over lines joined as the compiler does.
QString all_sources() {
    QString all;
    for (const char* folder : {"core", "ui"}) {
        QDirIterator files(path(test::source_dir() / folder), {QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) all += read(files.next());
    }
    static const QRegularExpression broken(QStringLiteral("\"\\s*\\n\\s*\""));
    return all.remove(broken);
}

}  // namespace

class TestTopics : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyTextIsATopicAndHasATitle() {
        QSet<QString> names;
        for (const auto& topic : help::topics()) {
            QVERIFY2(!topic.title.empty() && topic.title[0] != '#', topic.name.c_str());
            names.insert(QString::fromStdString(topic.name));
        }
        names.remove(QStringLiteral("settings"));  // made from the table
        QSet<QString> files;
        for (const QString& file : QDir(path(resources_dir() / "help")).entryList(QDir::Files))
            files.insert(QFileInfo(file).completeBaseName());
        QCOMPARE(files, names);
    }

    void everyLinkLeadsToATopic() {
        static const QRegularExpression link(QStringLiteral("\\]\\(([^)]*)\\)"));
        int seen = 0;
        for (const auto& topic : help::topics()) {
            auto links = link.globalMatch(QString::fromStdString(help::topic_text(topic.name)));
            while (links.hasNext()) {
                const QString target = links.next().captured(1);
                QVERIFY2(target.endsWith(QStringLiteral(".md")), qPrintable(target));
                QVERIFY(!help::topic_text(target.chopped(3).toStdString()).empty());
                ++seen;
            }
        }
        QVERIFY(seen >= 5);
    }

    void anUnknownTopicNamesThoseThereAre() {
        try {
            help::topic_text("../models.json");
            QFAIL("no error");
        } catch (const Error& e) {
            QVERIFY(e.full_text().find("troubleshooting") != std::string::npos);
        }
    }

    void wordsFindTopicsWhateverTheirCase() {
        const auto found = help::topics_about("LFS  pointer");
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(found[0].name, std::string("troubleshooting"));
        QVERIFY(help::topics_about("no page has this wording zyx").empty());
        QCOMPARE(help::topics_about(" ").size(), help::topics().size());
    }

    void everySettingIsInTheReferenceWithItsDefault() {
        const QString text = text_of("settings");
        for (const auto& info : engine::setting_infos()) {
            QVERIFY2(text.contains(QStringLiteral("**%1** (").arg(QString::fromStdString(info.name))),
                     info.name.c_str());
            const auto value = engine::setting_text({}, info.name);
            QVERIFY2(text.contains(QString::fromStdString(value)), info.name.c_str());
        }
    }

    void theMethodNamesFilesThatAreThere() {
        static const QRegularExpression file(QStringLiteral("`(core/[^`]+)`"));
        auto files = file.globalMatch(text_of("method"));
        int seen = 0;
        for (; files.hasNext(); ++seen) {
            const QString name = files.next().captured(1);
            QVERIFY2(QFileInfo::exists(path(test::source_dir()) + '/' + name), qPrintable(name));
        }
        QVERIFY(seen >= 15);
    }

    void messagesThatAreExplainedExist() {
        const QString sources = all_sources();
        QVERIFY(sources.size() > 1'000'000);
        static const QRegularExpression message(QStringLiteral("^\\*\\*.*$"), QRegularExpression::MultilineOption);
        static const QRegularExpression strong(QStringLiteral("\\*\\*([^*]+)\\*\\*"));
        auto lines = message.globalMatch(text_of("troubleshooting"));
        int seen = 0;
        while (lines.hasNext()) {
            auto parts = strong.globalMatch(lines.next().captured());
            for (; parts.hasNext(); ++seen) {
                const QString part = parts.next().captured(1);
                QVERIFY2(sources.contains(part.trimmed()), qPrintable(part));
            }
        }
        QVERIFY(seen >= 15);
    }
};

REST_TEST(TestTopics)
#include "test_topics.moc"
