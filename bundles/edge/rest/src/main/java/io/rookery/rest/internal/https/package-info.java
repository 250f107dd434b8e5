// SPDX-License-Identifier: Apache-2.0
/** The platform's own HTTPS, with a certificate for each host. */
package io.rookery.rest.internal.https;
