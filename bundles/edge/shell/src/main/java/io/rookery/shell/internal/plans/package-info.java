// SPDX-License-Identifier: Apache-2.0
/** Commands about plans and who has which. */
package io.rookery.shell.internal.plans;
