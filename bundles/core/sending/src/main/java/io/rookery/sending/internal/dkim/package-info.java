// SPDX-License-Identifier: Apache-2.0
/** Signatures of mail (DKIM, RFC 6376). */
package io.rookery.sending.internal.dkim;
