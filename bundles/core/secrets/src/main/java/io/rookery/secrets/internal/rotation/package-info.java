// SPDX-License-Identifier: Apache-2.0
/** Replaces secrets where they are used, step by step. */
package io.rookery.secrets.internal.rotation;
