// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QtTest/QtTest>

namespace rest::ui {

/// Opens an entry of a list as a user does with the mouse. What a view makes of it may change from one Qt to the next,
/// so tests send the clicks and not the signal.
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
