// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/quadrant_grid.h"

#include <QGridLayout>
#include <QPushButton>

#include "ui/controls/basics.h"
#include "ui/look/format.h"

namespace rest::ui {

QuadrantGrid::QuadrantGrid(QWidget* parent) : QFrame(parent) {
    setProperty("card", true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(14, 10, 14, 12);
    grid->setHorizontalSpacing(small_gap);
    grid->setVerticalSpacing(small_gap);
    grid->addWidget(sectionTitle(tr("People by CLIP-TAM")), 0, 0, 1, 3);
    grid->addWidget(mutedLabel(tr("CLIP-TAM right")), 1, 1, Qt::AlignHCenter);
    grid->addWidget(mutedLabel(tr("CLIP-TAM wrong")), 1, 2, Qt::AlignHCenter);
    grid->addWidget(mutedLabel(tr("People say yes")), 2, 0);
    grid->addWidget(mutedLabel(tr("People say no")), 3, 0);
    for (const bool yes : {false, true}) {
        for (const bool right : {false, true}) {
            auto* made = new QPushButton;
            made->setProperty("count", true);
            made->setMinimumHeight(44);
            made->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
            made->setToolTip(tr("Show these clips"));
            made->setAccessibleName(tr("Show these clips"));
            connect(made, &QPushButton::clicked, this, [this, yes, right] { Q_EMIT opened(yes, right); });
            grid->addWidget(made, yes ? 2 : 3, right ? 1 : 2);
            buttons_[yes][right] = made;
        }
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    grid->setRowStretch(2, 1);
    grid->setRowStretch(3, 1);
}

void QuadrantGrid::setReport(const study::StudyReport& report) {
    int64_t all = 0;
    for (const auto& row : report.quadrants) {
        for (const auto& clips : row) all += std::ssize(clips);
    }
    for (const bool yes : {false, true}) {
        for (const bool right : {false, true}) {
            const int64_t count = std::ssize(report.quadrants[yes][right]);
            QPushButton* made = buttons_[yes][right];
            made->setText(all == 0 ? QStringLiteral("–")
                                   : tr("%1  (%2 %)").arg(countText(count)).arg(100 * count / all));
            made->setEnabled(count > 0);
            made->setAccessibleName(tr("%1 clips: people say %2, CLIP-TAM is %3")
                                        .arg(count)
                                        .arg(yes ? tr("yes") : tr("no"), right ? tr("right") : tr("wrong")));
        }
    }
}

}  // namespace rest::ui
