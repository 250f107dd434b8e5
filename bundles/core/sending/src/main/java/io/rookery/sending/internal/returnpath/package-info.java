// SPDX-License-Identifier: Apache-2.0
/** Envelope senders that tell which message a bounce is about. */
package io.rookery.sending.internal.returnpath;
