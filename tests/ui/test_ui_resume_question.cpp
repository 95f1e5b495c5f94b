// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QPointer>
#include <QtTest/QtTest>

#include "tests/support/test_program.h"
#include "ui/train/resume_question.h"

using namespace rest;
using namespace rest::ui;

class TestUiResumeQuestion : public QObject {
    Q_OBJECT

    static engine::ClipChanges changes(bool changed) {
        engine::ClipChanges out{.train_clips = 12, .evaluation_clips = 3, .imported_since = 5};
        out.train.push_back({.name = "<b>gone</b>.mp4", .why = {.message = "There is no file."}});
        if (changed)
            out.train.push_back(
                {.name = "-changed.mp4", .now = FileStamp{5, 1}, .why = {.message = "It had 5 bytes."}});
        return out;
    }

    static QAbstractButton* button(const QMessageBox& box, const QString& words) {
        for (QAbstractButton* made : box.buttons()) {
            if (made->text().remove(QChar('&')) == words) return made;
        }
        return nullptr;
    }

  private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<engine::ChangedClips>(); }

    void itNamesWhatIsNotAsItWas() {
        ResumeQuestion question(changes(true), nullptr);
        QCOMPARE(question.textFormat(), Qt::PlainText);
        QVERIFY(question.text().contains(QStringLiteral("1 missing, 1 changed")));
        QVERIFY(question.detailedText().contains(QStringLiteral("<b>gone</b>.mp4: There is no file.")));
        QVERIFY(question.detailedText().contains(QStringLiteral("-changed.mp4: It had 5 bytes.")));
        QVERIFY(question.informativeText().contains(QStringLiteral("12 train")));
    }

    void everyAnswerIsTold() {
        const std::pair<const char*, engine::ChangedClips> answers[] = {
            {"Continue without them", engine::ChangedClips::leave_out},
            {"Take changed files as they are", engine::ChangedClips::take_changed}};
        for (const auto& [words, choice] : answers) {
            QPointer question = new ResumeQuestion(changes(true), nullptr);
            QSignalSpy spy(question, &ResumeQuestion::chosen);
            question->open();
            button(*question, QString::fromLatin1(words))->click();
            QCOMPARE(spy.size(), 1);
            QCOMPARE(spy.at(0).at(0).value<engine::ChangedClips>(), choice);
            QTRY_VERIFY(question.isNull());
        }
    }

    void puttingItAwayResumesNothing() {
        QPointer question = new ResumeQuestion(changes(false), nullptr);
        QSignalSpy spy(question, &ResumeQuestion::chosen);
        question->open();
        QVERIFY(button(*question, QStringLiteral("Take changed files as they are")) == nullptr);
        QCOMPARE(question->defaultButton()->text().remove(QChar('&')), QStringLiteral("Do not resume"));
        question->close();
        QCOMPARE(spy.size(), 0);
        QTRY_VERIFY(question.isNull());
    }
};

REST_TEST(TestUiResumeQuestion)
#include "test_ui_resume_question.moc"
