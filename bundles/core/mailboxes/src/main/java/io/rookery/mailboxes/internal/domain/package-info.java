// SPDX-License-Identifier: Apache-2.0
/** Sending domains: their rows, keys, records and verification. */
package io.rookery.mailboxes.internal.domain;
