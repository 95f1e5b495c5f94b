// SPDX-License-Identifier: GPL-3.0-or-later
// Man pages and completions cover everything that the command lines define, and the tools that read them accept them.
#include <QProcess>
#include <QStandardPaths>
#include <QtTest/QtTest>

#include "app/commands/command_line.h"
#include "app/commands/option_values.h"
#include "app/docs/completion.h"
#include "app/docs/man_page.h"
#include "app/docs/man_text.h"
#include "app/studio/studio_options.h"
#include "core/base/atomic_file.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::app;

class TestDocs : public QObject {
    Q_OBJECT

    Console console_;
    CLI::App rest_app_, studio_app_;
    StudioOptions studio_options_;
    ValueWords words_;
    std::vector<CommandDoc> programs_;
    QTemporaryDir dir_;

    /// The output of a tool that checks a text: empty if it accepts the text or is not installed.
    QString said(const QString& tool, const QStringList& arguments, const std::string& text) {
        if (QStandardPaths::findExecutable(tool).isEmpty()) return {};
        const QString file = dir_.filePath(QStringLiteral("text"));
        write_file_atomically(file.toStdString(), text);
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(tool, arguments + QStringList{file});
        process.waitForFinished(-1);
        const auto out = QString::fromUtf8(process.readAll());
        return process.exitCode() == 0 || !out.isEmpty() ? out : QStringLiteral("%1 failed").arg(tool);
    }

    /// What bash offers after these words, the last of which is being typed.
    QStringList offered(const QStringList& typed) {
        const QString file = dir_.filePath(QStringLiteral("completion"));
        write_file_atomically(file.toStdString(), bash_completion(programs_[0], words_));
        QProcess process;
        process.start(QStringLiteral("bash"),
                      QStringList{QStringLiteral("-c"),
                                  QStringLiteral("source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); "
                                                 "_rest; printf '%s\\n' \"${COMPREPLY[@]}\""),
                                  QStringLiteral("bash"), file} +
                          typed);
        process.waitForFinished(-1);
        return QString::fromUtf8(process.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts);
    }

  private Q_SLOTS:
    void initTestCase() {
        define_command_line(rest_app_, console_);
        define_studio(studio_app_, studio_options_);
        words_ = value_words();
        programs_ = {describe(rest_app_, "rest", words_), describe(studio_app_, "rest-studio", words_)};
    }

    void everyCommandAndOptionIsDescribed() {
        for (const auto& program : programs_) {
            for (const auto* command : all_commands(program)) {
                const auto path = joined(command->path, " ");
                QVERIFY2(!command->description.empty(), path.c_str());
                for (const auto* list : {&command->options, &command->positionals}) {
                    for (const auto& option : *list)
                        QVERIFY2(!option.description.empty(), (path + " " + option.names.back()).c_str());
                }
            }
        }
    }

    void everyOptionIsInPagesAndCompletions() {
        for (const auto& program : programs_) {
            const auto bash = bash_completion(program, words_), zsh = zsh_completion(program, words_);
            const auto fish = fish_completion(program, words_);
            for (const auto* command : all_commands(program)) {
                const auto page = man_page(*command, {"1.0", "2026-01-01"}, {});
                const auto at = joined(command->path, " ");
                QVERIFY2(bash.find("\"" + at + "\") if") != std::string::npos, at.c_str());
                QVERIFY2(zsh.find("_" + function_name(command->path) + "() {") != std::string::npos, at.c_str());
                const auto begin = zsh.find("_" + function_name(command->path) + "() {");
                const auto function = zsh.substr(begin, zsh.find("\n}\n", begin) - begin);
                for (const auto& option : command->options) {
                    const auto& name = option.names.back();
                    QVERIFY2(page.find(typed_text(name)) != std::string::npos, (at + " " + name).c_str());
                    QVERIFY2(function.find(name) != std::string::npos, (at + " " + name).c_str());
                    QVERIFY2(fish.find("_at " + at + "'") != std::string::npos, at.c_str());
                    QVERIFY2(fish.find(" -l " + name.substr(2)) != std::string::npos, name.c_str());
                }
            }
        }
    }

    void readersTakeThem() {
        for (const auto& program : programs_) {
            QCOMPARE(said("bash", {"-n"}, bash_completion(program, words_)), QString());
            QCOMPARE(said("zsh", {"-n"}, zsh_completion(program, words_)), QString());
            QCOMPARE(said("fish", {"--no-execute"}, fish_completion(program, words_)), QString());
            for (const auto* command : all_commands(program))
                QCOMPARE(said("mandoc", {"-T", "lint", "-W", "warning"},
                              man_page(*command, {"1.0", "2026-01-01"}, {"rest(1)"})),
                         QString());
        }
        QCOMPARE(said("mandoc", {"-T", "lint", "-W", "warning"}, settings_page({"1.0", "2026-01-01"})), QString());
    }

    void bashOffersWhatFits() {
        QVERIFY(offered({"rest", ""}).contains("train"));
        QCOMPARE(offered({"rest", "stu"}), QStringList{"study"});
        QCOMPARE(offered({"rest", "study", "m"}), QStringList{"merge"});
        QCOMPARE(offered({"rest", "train", "--pres"}), QStringList{"--preset"});
        QCOMPARE(offered({"rest", "train", "--preset", "d"}), QStringList{"demo"});
        QCOMPARE(offered({"rest", "train", "--preset", "=", "d"}), QStringList{"demo"});
        QCOMPARE(offered({"rest", "evaluate", "--baseline", "blip-"}), QStringList{"blip-clip"});
        QCOMPARE(offered({"rest", "train", "--set", "neigh"}), QStringList{"neighbours="});
        QCOMPARE(offered({"rest", "train", "--set", "evaluate", "=", "f"}), QStringList{"false"});
        QVERIFY(offered({"rest", "evaluate", "--protocol", "ucf101-z"}).contains("ucf101-zero-shot"));
    }

    void anyTextIsShownLetterByLetter() {
        QCOMPARE(man_text(".TH is no request"), std::string("\\&.TH is no request"));
        QCOMPARE(man_text("a\\b 'c'"), std::string("a\\eb \\(aqc\\(aq"));
        QCOMPARE(man_text("'begins"), std::string("\\&\\(aqbegins"));
        QCOMPARE(man_text("by --resume, seed-1"), std::string("by \\-\\-resume, seed-1"));
        CLI::App odd;
        odd.description("It's [odd]: a\\b");
        odd.add_option("--x", "What's [this]: 'that' $HOME `date`")->type_name("FILE");
        const auto doc = describe(odd, "odd", {});
        QCOMPARE(said("zsh", {"-n"}, zsh_completion(doc, {})), QString());
        QCOMPARE(said("fish", {"--no-execute"}, fish_completion(doc, {})), QString());
        QCOMPARE(said("bash", {"-n"}, bash_completion(doc, {})), QString());
    }
};

REST_TEST(TestDocs)
#include "test_docs.moc"
