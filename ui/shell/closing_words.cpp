// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/closing_words.h"

#include <QCoreApplication>

#include "ui/look/format.h"

namespace rest::ui {

namespace {

QString tr(const char* words, int count = -1) {
    return QCoreApplication::translate("ClosingWords", words, nullptr, count);
}

QString list(const QStringList& lines) {
    QString out;
    for (const QString& line : lines) out += QStringLiteral("\n• ") + line;
    return out;
}

}  // namespace

QString jobWords(const QString& title, const QString& project) {
    return project.isEmpty() ? title : QStringLiteral("%1 (%2)").arg(title, projectName(project));
}

ClosingWords closingWords(const std::vector<JobInfo>& jobs) {
    QString running;
    QStringList kept, lost;
    int waiting = 0;
    for (const JobInfo& job : jobs) {
        const QString words = jobWords(job.title, job.project);
        if (job.begun)
            running = words;
        else
            ++waiting;
        if (!job.order)
            lost << words;
        else
            kept << (job.begun ? tr("%1, from its last checkpoint").arg(words) : words);
    }
    ClosingWords out;
    if (running.isEmpty())
        out.question = waiting == 1 ? tr("One job is waiting.") : tr("%1 jobs are waiting.").arg(waiting);
    else if (waiting == 0)
        out.question = tr("“%1” is not finished.").arg(running);
    else
        out.question = waiting == 1
                           ? tr("“%1” is not finished, and one more job is waiting.").arg(running)
                           : tr("“%1” is not finished, and %2 more jobs are waiting.").arg(running).arg(waiting);
    QStringList parts;
    if (!kept.isEmpty()) parts << tr("Kept, and offered at the next start:") + list(kept);
    if (!lost.isEmpty()) parts << tr("Stopped; finished work is kept, the rest must be started again:") + list(lost);
    out.detail = parts.join(QStringLiteral("\n\n"));
    return out;
}

}  // namespace rest::ui
