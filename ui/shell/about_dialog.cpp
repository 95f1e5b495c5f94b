// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/about_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QSysInfo>
#include <QVBoxLayout>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/shell/libraries.h"

namespace rest::ui {

namespace {

QString libraryLines() {
    QString lines;
    for (const Library& one : libraries())
        lines += QStringLiteral("<p style='margin: 3px 0'><a href='%1'>%2</a> · %3</p>")
                     .arg(text(one.site), text(one.name).toHtmlEscaped(), text(one.licence).toHtmlEscaped());
    return lines;
}

QLabel* linked(const QString& html) {
    auto* label = new QLabel(html);
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    label->setOpenExternalLinks(true);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    return label;
}

}  // namespace

QString AboutDialog::versionLine() {
    return QStringLiteral("REST Studio %1, Qt %2, %3 (%4)")
        .arg(QApplication::applicationVersion(), QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(),
             QSysInfo::currentCpuArchitecture());
}

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About REST Studio"));
    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    auto* inner = new QVBoxLayout(inside);
    inner->setSpacing(gap);
    inner->addWidget(pageTitle(tr("REST Studio %1").arg(QApplication::applicationVersion())));
    inner->addWidget(
        new WrapLabel(tr("Trains video captioners without labels, and measures what they say. The method "
                         "is that of the paper “REST: Retrieve & Self-Train for Generative Action "
                         "Recognition”, its models and figures are the authors'.")));
    inner->addWidget(linked(tr("Free software under the <a href='%1'>GNU General Public License, version 3 or "
                               "later</a>: you may use, study, share and change it. It comes without any warranty.")
                                .arg(QStringLiteral("https://www.gnu.org/licenses/gpl-3.0.html"))));
    inner->addWidget(sectionTitle(tr("Made with")));
    inner->addWidget(linked(libraryLines()));
    inner->addWidget(
        new WrapLabel(tr("Published models have licences of their own: the Models page names them."), "muted"));
    inner->addStretch();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("Copy the version"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this, [] { QApplication::clipboard()->setText(versionLine()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(scrolled(inside), 1);
    layout->addWidget(buttons);
    resize(560, 620);
}

}  // namespace rest::ui
