// SPDX-License-Identifier: Apache-2.0
/** Journeys through a running platform. */
package io.rookery.itests.journey;
