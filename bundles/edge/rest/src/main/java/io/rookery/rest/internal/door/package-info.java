// SPDX-License-Identifier: Apache-2.0
/** What holds for every request and answer, before and whatever a resource makes of it. */
package io.rookery.rest.internal.door;
