// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/explorer_panel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPointer>
#include <QStackedWidget>
#include <QStringListModel>
#include <QVBoxLayout>
#include <algorithm>

#include "core/engine/settings/train_settings.h"
#include "ui/controls/bar_list.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/name_chips.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/reports/said_caption.h"
#include "ui/session/project_session.h"

namespace rest::ui {

namespace {

constexpr int top_classes = 5;
constexpr int most_names = 50;  // of videos, offered together

QString number(double value) {
    return QLocale().toString(value, 'f', 3);
}

}  // namespace

ExplorerPanel::ExplorerPanel(ProjectSession& session, QWidget* parent)
    : ReportPanel(parent),
      session_(session),
      video_names_(new QStringListModel(this)),
      body_(new QStackedWidget),
      empty_(new EmptyState(QStringLiteral("search"), {}, {})),
      source_(mutedLabel()),
      answer_(new WrapLabel),
      bars_(new BarList),
      own_(new NameChips(tr("Add a class name"))),
      templates_(new QPlainTextEdit),
      scale_(new WrapLabel({}, "muted")) {
    wait_.setSingleShot(true);
    wait_.setInterval(80);
    connect(&wait_, &QTimer::timeout, this, &ExplorerPanel::ask);
    body_->addWidget(makeRanking());
    body_->addWidget(empty_);
    auto* body = new QHBoxLayout;
    body->setSpacing(page_margin);
    body->addWidget(body_, 1);
    body->addWidget(makeSide());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(makeTop());
    layout->addWidget(source_);
    layout->addLayout(body, 1);
    connect(&session_, &ProjectSession::videosChanged, this, &ExplorerPanel::takeVideos);
    connect(&session_, &ProjectSession::modelsChanged, &wait_, QOverload<>::of(&QTimer::start));
    connect(&session_, &ProjectSession::opened, this, [this] {
        caption_->clear();
        clearVideo();
        own_->setNames({});
        takeVideos();
    });
    setTemplates(engine::TrainSettings().measurement.class_templates);
    setCaption({});
    source_->hide();
    ask();
}

ExplorerPanel::~ExplorerPanel() = default;

QWidget* ExplorerPanel::makeTop() {
    caption_ = new QLineEdit;
    caption_->setAccessibleName(tr("Caption"));
    caption_->setClearButtonEnabled(true);
    connect(caption_, &QLineEdit::textChanged, &wait_, QOverload<>::of(&QTimer::start));
    connect(caption_, &QLineEdit::textEdited, source_, &QWidget::hide);  // an edited caption has no source
    video_ = new QLineEdit;
    video_->setPlaceholderText(tr("…or take a video's: part of its name"));
    video_->setAccessibleName(tr("Video"));
    video_->setToolTip(tr("Fills in the newest caption of the video and marks its true class"));
    video_->setClearButtonEnabled(true);
    video_->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    // A completer that filters by itself holds every name and checks all of them at each key.
    auto* completer = new QCompleter(video_names_, this);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer->setMaxVisibleItems(12);
    connect(video_, &QLineEdit::textEdited, this, [this](const QString& words) {
        video_names_->setStringList(matchingNames(*session_.videos(), words, most_names));
    });
    video_->setCompleter(completer);
    connect(completer, QOverload<const QString&>::of(&QCompleter::activated), this, &ExplorerPanel::takeVideo);
    connect(video_, &QLineEdit::returnPressed, this, [this] { takeVideo(video_->text()); });
    connect(video_, &QLineEdit::textChanged, this, [this](const QString& words) {
        if (words.isEmpty()) clearVideo();
    });
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(caption_, 3);
    layout->addWidget(video_, 2);
    return row;
}

QWidget* ExplorerPanel::makeRanking() {
    answer_->setTextFormat(Qt::RichText);
    bars_->setAccessibleName(tr("Classes as CLIP-TAM ranks them"));
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(answer_);
    layout->addWidget(bars_, 1);
    layout->addWidget(scale_);
    return column;
}

QWidget* ExplorerPanel::makeSide() {
    own_->field()->setToolTip(tr("Class names that the project has not; several with commas between them"));
    connect(own_, &NameChips::changed, &wait_, QOverload<>::of(&QTimer::start));
    templates_->setFixedHeight(fontMetrics().height() * 4 + 14);
    templates_->setTabChangesFocus(true);
    templates_->setAccessibleName(tr("Templates"));
    templates_->setToolTip(tr("How a class name is written, one a line; {} stands for the name; several are averaged"));
    connect(templates_, &QPlainTextEdit::textChanged, &wait_, QOverload<>::of(&QTimer::start));
    auto* column = new QWidget;
    column->setFixedWidth(236);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(sectionTitle(tr("Classes of your own")));
    layout->addWidget(own_);
    layout->addSpacing(gap);
    layout->addWidget(sectionTitle(tr("Templates")));
    layout->addWidget(templates_);
    layout->addWidget(new WrapLabel(tr("One a line, {} stands for the class name. CLIP-TAM averages them."), "muted"));
    layout->addStretch();
    return column;
}

void ExplorerPanel::takeVideos() {
    video_names_->setStringList({});
    wait_.start();
}

void ExplorerPanel::takeVideo(const QString& name) {
    const auto& videos = session_.videos()->videos;
    const auto found = std::ranges::find(videos, name.toStdString(), &store::VideoRecord::name);
    if (found != videos.end()) showVideo(found->id);
}

void ExplorerPanel::clearVideo() {
    shown_ = {};
    true_class_.clear();
    source_->hide();
    video_->clear();
    wait_.start();
}

void ExplorerPanel::showVideo(store::VideoId id) {
    showPlace({.run = session_.ref(), .video = id});
}

void ExplorerPanel::showPlace(const Place& place) {
    const store::VideoRecord* video = session_.videos()->find(place.video);
    if (!video || !session_.holds(place.run)) return;
    shown_ = place;
    video_->setText(text(video->name));
    video_->setCursorPosition(0);
    true_class_ = session_.videos()->className(video->label);
    session_.read(
        this,
        [place](const store::Project& project) {
            return place.run ? captionAt(project, place) : newestCaption(project, place.video);
        },
        [this, place](const SaidCaption& said) {
            if (place == shown_) take(said);
        });
}

void ExplorerPanel::take(const SaidCaption& said) {
    setCaption(said.caption);
    source_->setVisible(!said.source.isEmpty());
    source_->setText(said.caption.isEmpty() ? tr("No caption was made by %1: it ranks the class names").arg(said.source)
                                            : tr("Said by %1").arg(said.source));
    if (said.source.isEmpty()) caption_->setPlaceholderText(tr("Nothing was said of this video yet"));
}

void ExplorerPanel::setCaption(const QString& caption) {
    caption_->setText(caption);
    caption_->setPlaceholderText(tr("Type a caption: a person is rowing a boat"));
    caption_->setCursorPosition(0);
    wait_.start();
}

void ExplorerPanel::setOwnClasses(const QStringList& names) {
    own_->setNames(names);
}

void ExplorerPanel::setTemplates(const std::vector<std::string>& templates) {
    QStringList lines;
    for (const std::string& one : templates) lines << text(one);
    const QString words = lines.join(QChar('\n'));
    if (words != templates_->toPlainText()) templates_->setPlainText(words);
}

QString ExplorerPanel::answer() const {
    return answer_->text();
}

QStringList ExplorerPanel::classes() const {
    QStringList names = session_.videos()->classes;
    for (const QString& own : own_->names()) {
        if (!names.contains(own, Qt::CaseInsensitive)) names << own;
    }
    return names;
}

void ExplorerPanel::ask() {
    engine::RankRequest request{.clip = session_.models().clip, .caption = caption_->text().toStdString()};
    const QStringList names = classes();
    for (const QString& name : names) request.classes.push_back(name.toStdString());
    for (const QString& line : templates_->toPlainText().split(QChar('\n'))) {
        if (!line.trimmed().isEmpty()) request.templates.push_back(line.trimmed().toStdString());
    }
    const int number = ++asked_;
    if (caption_->text().trimmed().isEmpty() || !session_.isOpen()) {
        waiting_ = 0;
        return showNothing(tr("Type a caption"),
                           tr("The class whose name CLIP finds nearest to it is how CLIP-TAM reads it."));
    }
    if (!ranker_) ranker_ = std::make_unique<engine::CaptionRanker>();
    waiting_ = number;
    if (bars_->bars().empty()) showNothing(tr("Loading CLIP…"), {});
    ranker_->rank(std::move(request), [panel = QPointer<ExplorerPanel>(this), number,
                                       names](const Expected<engine::CaptionRanking>& found) {
        QMetaObject::invokeMethod(
            qApp,
            [panel, number, names, found] {
                if (panel && panel->asked_ == number) panel->take(found, names);
            },
            Qt::QueuedConnection);
    });
}

void ExplorerPanel::take(const Expected<engine::CaptionRanking>& found, const QStringList& classes) {
    waiting_ = 0;
    if (found) return showRanking(*found, classes);
    showNothing(text(found.error().message), text(found.error().remedy));
}

void ExplorerPanel::showNothing(const QString& title, const QString& words) {
    bars_->setBars({});
    answer_->clear();
    empty_->setTexts(title, words);
    body_->setCurrentIndex(1);
}

void ExplorerPanel::showRanking(const engine::CaptionRanking& ranking, const QStringList& classes) {
    std::vector<Bar> bars;
    ranked_ = ranking.classes;
    const double lowest = ranking.classes.back().cosine;
    int true_place = -1;
    for (const engine::RankedClass& one : ranking.classes) {
        const QString name = classes[one.index];
        const bool is_true = !true_class_.isEmpty() && name == true_class_;
        const int place = static_cast<int>(bars.size());
        if (is_true) true_place = place;
        bars.push_back({.name = name,
                        .figure = number(one.cosine),
                        .note = place + 1 == std::ssize(ranking.classes)
                                    ? QString()
                                    : QStringLiteral("+%1").arg(number(one.margin)),
                        .tip = tr("%1\nPlace %2, cosine %3, ahead of the next by %4")
                                   .arg(name)
                                   .arg(place + 1)
                                   .arg(number(one.cosine), number(one.margin)),
                        .share = lowest >= 1 ? 1 : (one.cosine - lowest) / (1 - lowest),
                        .strong = place < top_classes,
                        .marked = is_true,
                        .id = one.index});
    }
    const engine::RankedClass& best = ranking.classes.front();
    QString line = tr("Read as <b>%1</b>, cosine %2").arg(classes[best.index].toHtmlEscaped(), number(best.cosine));
    if (ranking.classes.size() > 1) line += tr(", ahead of the next by %1").arg(number(best.margin));
    if (true_place >= 0)
        line += tr(". True class: <b>%1</b>, place %2 of %3")
                    .arg(true_class_.toHtmlEscaped())
                    .arg(true_place + 1)
                    .arg(bars.size());
    answer_->setText(line + QStringLiteral("."));
    scale_->setText(tr("Bars run from the lowest cosine, %1, to 1. The first five are strong; beside each cosine its "
                       "lead over the next.")
                        .arg(number(lowest)));
    bars_->setBars(std::move(bars));
    body_->setCurrentIndex(0);
}

evaluation::ResultTable ExplorerPanel::table() const {
    evaluation::ResultTable table{
        .title = "CLIP-TAM's ranking for: " + caption_->text().toStdString(),
        .columns = {{"", "Place"}, {"", "Class"}, {"", "Cosine"}, {"", "Lead"}, {"", "True class"}},
        .provenance = {
            "caption: " + caption_->text().toStdString(),
            "templates: " + templates_->toPlainText().replace(QChar('\n'), QStringLiteral(", ")).toStdString()}};
    for (size_t i = 0; i < bars_->bars().size(); ++i) {
        const Bar& bar = bars_->bars()[i];
        const engine::RankedClass& one = ranked_[i];
        table.rows.push_back(
            {.cells = {evaluation::TableCell::of(static_cast<double>(i) + 1, 0),
                       evaluation::TableCell::of(bar.name.toStdString()), evaluation::TableCell::of(one.cosine, 3),
                       bar.note.isEmpty() ? evaluation::TableCell() : evaluation::TableCell::of(one.margin, 3),
                       evaluation::TableCell::of(std::string(bar.marked ? "yes" : ""))}});
    }
    return table;
}

std::optional<Picture> ExplorerPanel::picture() const {
    if (bars_->bars().empty()) return std::nullopt;
    return bars_->picture(tr("CLIP-TAM: “%1”").arg(caption_->text()));
}

}  // namespace rest::ui
