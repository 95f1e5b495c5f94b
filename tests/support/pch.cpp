// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing: the headers that all tests share are precompiled with it.
