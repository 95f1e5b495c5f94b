// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

namespace rest::ui {

/// Shows the topics of core/help; links lead from one to another.
class HelpBrowser : public QTextBrowser {
    Q_OBJECT

  public:
    explicit HelpBrowser(QWidget* parent = nullptr);
    void showTopic(const QString& name);
    const QString& topic() const { return topic_; }
    /// Marks every occurrence of any of these words and scrolls to the first one that has them all in its line, else to
    /// the first.
    void mark(const QString& words);

  protected:
    QVariant loadResource(int type, const QUrl& name) override;

  private:
    QString topic_;
};

}  // namespace rest::ui
