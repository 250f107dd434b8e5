// SPDX-License-Identifier: Apache-2.0
/** Orders certificates by ACME, keeps them fresh, and answers who asks whether hosts are ours. */
package io.rookery.certificates.internal;
