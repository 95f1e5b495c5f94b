// SPDX-License-Identifier: GPL-3.0-or-later
// Empty: the headers shared by all tests are precompiled with it.
