// SPDX-License-Identifier: Apache-2.0
/** Alerts of what looks like somebody at secrets who should not be. */
package io.rookery.secrets.internal.alert;
