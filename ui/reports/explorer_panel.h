// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <memory>

#include "core/engine/measure/caption_ranker.h"
#include "core/store/records.h"
#include "ui/reports/report_panel.h"

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QStringListModel;

namespace rest::ui {

class BarList;
class EmptyState;
class NameChips;
struct SaidCaption;
class ProjectSession;
class WrapLabel;

/// The CLIP-TAM explorer: the user types a caption and sees the classes as CLIP-TAM ranks them. Choosing a video fills
/// in its newest caption and its true class; class names and templates that the project does not have can be tried.
class ExplorerPanel : public ReportPanel {
    Q_OBJECT

  public:
    explicit ExplorerPanel(ProjectSession& session, QWidget* parent = nullptr);
    ~ExplorerPanel() override;

    /// Shows a video with its newest caption.
    void showVideo(store::VideoId video);
    /// Shows a video with the caption that the evaluation of `place` has of it; without one, as showVideo().
    void showPlace(const Place& place);
    void setCaption(const QString& caption);
    void setOwnClasses(const QStringList& names);
    void setTemplates(const std::vector<std::string>& templates);
    BarList* bars() const { return bars_; }
    QString answer() const;
    bool idle() const { return !wait_.isActive() && waiting_ == 0; }

    evaluation::ResultTable table() const override;
    std::optional<Picture> picture() const override;

  private:
    QWidget* makeTop();
    QWidget* makeRanking();
    QWidget* makeSide();
    void takeVideos();
    void takeVideo(const QString& name);
    void clearVideo();
    void ask();
    void take(const SaidCaption& said);
    void take(const Expected<engine::CaptionRanking>& found, const QStringList& classes);
    void showNothing(const QString& title, const QString& words);
    void showRanking(const engine::CaptionRanking& ranking, const QStringList& classes);
    QStringList classes() const;

    ProjectSession& session_;
    QLineEdit* caption_;
    QLineEdit* video_;
    QStringListModel* video_names_;
    QStackedWidget* body_;  // the ranking, or why there is none
    EmptyState* empty_;
    QLabel* source_;  // where the caption is from
    WrapLabel* answer_;
    BarList* bars_;
    NameChips* own_;
    QPlainTextEdit* templates_;
    WrapLabel* scale_;
    QTimer wait_;
    std::vector<engine::RankedClass> ranked_;  // as shown by the bars
    QString true_class_;
    Place shown_;                                    // whose caption was requested last
    int asked_ = 0;                                  // number of the newest request
    int waiting_ = 0;                                // the request whose answer is awaited, 0 none
    std::unique_ptr<engine::CaptionRanker> ranker_;  // created by the first request
};

}  // namespace rest::ui
