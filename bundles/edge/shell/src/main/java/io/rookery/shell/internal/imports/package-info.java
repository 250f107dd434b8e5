// SPDX-License-Identifier: Apache-2.0
/** Commands about imports of contacts. */
package io.rookery.shell.internal.imports;
