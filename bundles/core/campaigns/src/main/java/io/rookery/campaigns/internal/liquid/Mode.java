// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

/** What a template makes, which decides how values are written into it. */
public enum Mode {
  /** HTML: values are escaped unless the template says {@code raw}. */
  HTML,
  /** Plain text: values are written as they are. */
  TEXT,
  /** Plain text that was derived from HTML: the filter {@code escape} does nothing. */
  DERIVED_TEXT
}
