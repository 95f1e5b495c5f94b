// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/closing_question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include "ui/shell/closing_words.h"

namespace rest::ui {

void askBeforeClosing(const std::vector<JobInfo>& jobs, QWidget* window, const std::function<void()>& stop) {
    const auto tr = [](const char* words) { return QCoreApplication::translate("ClosingQuestion", words); };
    const ClosingWords words = closingWords(jobs);
    auto* box =
        new QMessageBox(QMessageBox::Question, tr("A job is running"), words.question, QMessageBox::NoButton, window);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(words.detail);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* stay = box->addButton(tr("Keep working"), QMessageBox::RejectRole);
    QPushButton* leave = box->addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    box->setDefaultButton(stay);
    QObject::connect(box, &QMessageBox::finished, window, [box, leave, stop] {
        if (box->clickedButton() == leave) stop();
    });
    box->open();
}

}  // namespace rest::ui
