// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing: the header that all rooms of the window share is precompiled with it.
