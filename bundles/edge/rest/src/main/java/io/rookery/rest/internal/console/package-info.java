// SPDX-License-Identifier: Apache-2.0
/** What the page at the root signs people in by; programs use the API. */
package io.rookery.rest.internal.console;
