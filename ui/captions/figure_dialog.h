// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QHash>

#include "ui/captions/figure.h"
#include "ui/captions/latest_work.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace rest::ui {

/// A figure of the selected videos as it will be saved, and what can be chosen about it.
class FigureDialog : public QDialog {
    Q_OBJECT

  public:
    static constexpr size_t most_videos = 12;

    /// `request` names the videos, the first `most_videos` of which are shown. `truth`: the class is told at first.
    FigureDialog(FigureRequest request, bool truth, QWidget* parent = nullptr);
    const Figure& figure() const { return figure_; }
    bool idle() const { return reading_.idle(); }
    /// As PNG, SVG or PDF by the file's ending. False, said in the dialog, when it could not be written.
    bool save(const QString& file);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    QWidget* makeChoices();
    QWidget* makeButtons();
    void read();
    void take(Figure figure);
    void drawPreview();
    void ask(const QString& ending);

    FigureRequest request_;
    Figure figure_;
    QHash<store::VideoId, QString> causes_;
    LatestWork reading_;
    QComboBox* kind_;
    QCheckBox* truth_;
    QComboBox* row_;
    QLineEdit* cause_;
    QLabel* preview_;
    QLabel* message_;
    QList<QPushButton*> savers_;
};

}  // namespace rest::ui
