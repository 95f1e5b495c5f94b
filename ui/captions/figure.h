// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QString>
#include <vector>

#include "core/base/task.h"
#include "core/store/project.h"
#include "ui/look/picture.h"

namespace rest::ui {

/// A video of a figure.
struct FigureRow {
    store::VideoId video = 0;
    QString name;
    QList<QImage> frames;                      // five, at equal distances; fewer of a clip that cannot be read
    QString problem;                           // why
    QList<std::pair<QString, QString>> lines;  // "Step 0", the caption
    QString truth;                             // the class; empty: unknown
    QString cause;                             // of a failure, as the user has it; empty: not told
};

/// What the paper shows of some videos: frames, and below them what was said (its Figures 2 to 4).
struct Figure {
    std::vector<FigureRow> rows;
    QString caption;  // where it comes from: run, steps, seed
    QString which;    // "steps 0-3", "epoch 15"
    uint64_t seed = 0;
    bool truth_shown = false;
};

enum class FigureKind {
    evolution,   // Figure 4: the best caption after each retrieval step
    prediction,  // Figures 2 and 3: what the model says at its newest evaluation
};

struct FigureRequest {
    QString project;  // folder
    store::RunRecord run;
    QStringList classes;
    std::vector<store::VideoId> videos;
    FigureKind kind = FigureKind::evolution;
};

/// Reads rows and caption. A clip that cannot be read has no frames and says why. Throws what the store throws, and
/// Cancelled.
Figure readFigure(const FigureRequest& request, Task& task);
/// "rest-figure_run-3_steps-0-2_seed-1": what it is saved as at first.
QString figureFileName(const FigureRequest& request, const Figure& figure);
Picture figurePicture(const Figure& figure);

}  // namespace rest::ui
