// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>

#include "core/dataset/dataset.h"
#include "ui/session/background.h"

namespace rest::ui {

/// Scans a folder on a worker thread, so that an import can be previewed. A new start cancels the one before.
class DatasetScan : public QObject {
    Q_OBJECT

  public:
    explicit DatasetScan(QObject* parent = nullptr);
    ~DatasetScan() override;
    void start(const QString& source, const dataset::ScanSettings& settings);
    void cancel();
    bool running() const { return control_ != nullptr; }

  Q_SIGNALS:
    void progress(const QString& text);
    void found(std::shared_ptr<const rest::dataset::DatasetListing> listing);
    void failed(const QString& message, const QString& remedy);

  private:
    std::shared_ptr<TaskControl> control_;  // of the current scan
    Background background_;                 // last: it ends before what it uses
};

}  // namespace rest::ui
