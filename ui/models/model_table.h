// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <map>
#include <set>

#include "core/models/model_list.h"

namespace rest::ui {

/// The known models, one per row: in the catalogue's order, then others found on this machine.
class ModelTable : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { NameColumn, UseColumn, StateColumn, SizeColumn, LicenceColumn, ColumnCount };
    explicit ModelTable(QObject* parent = nullptr);

    void setModels(std::vector<models::ModelInfo> models);
    /// Names of those that the open project uses.
    void setInUse(const std::set<std::string>& names);
    /// Texts shown in place of a model's state while a job works on it.
    void setWork(const std::map<std::string, QString>& work);

    const models::ModelInfo* model(int row) const;
    int rowOf(const std::string& name) const;
    bool inUse(const std::string& name) const { return in_use_.contains(name); }
    QString stateText(const models::ModelInfo& info) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    void changed();
    std::vector<models::ModelInfo> models_;
    std::set<std::string> in_use_;
    std::map<std::string, QString> work_;
};

/// "about 990 MB" if the hub was not asked yet.
QString sizeText(const models::ModelInfo& info);
QString useText(models::ModelUse use);

}  // namespace rest::ui
