// SPDX-License-Identifier: GPL-3.0-or-later
// Empty: the header shared by all rooms of the window is precompiled with it.
