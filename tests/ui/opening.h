// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QtTest/QtTest>

namespace rest::ui {

/// Opens an entry of a list with the mouse. How a view reacts may change between Qt versions, so tests send clicks
/// instead of emitting the signal.
inline void openByMouse(QAbstractItemView* view, const QModelIndex& index) {
    view->scrollTo(index);
    const QPoint middle = view->visualRect(index).center();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, middle);
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, middle);
}

/// The same with the keyboard.
inline void openByKey(QAbstractItemView* view, const QModelIndex& index) {
    view->setFocus();
    view->setCurrentIndex(index);
    QTest::keyClick(view, Qt::Key_Return);
}

}  // namespace rest::ui
