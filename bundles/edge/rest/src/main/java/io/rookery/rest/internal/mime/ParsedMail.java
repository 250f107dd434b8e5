// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.mime;

import java.util.List;

/**
 * A mail taken apart for people to look at.
 *
 * @param html the first HTML part, or null
 * @param text the first plain text part, or null
 */
public record ParsedMail(
    String subject,
    String from,
    String to,
    String date,
    List<Header> headers,
    String html,
    String text) {

  /** A header field, decoded (RFC 2047). */
  public record Header(String name, String value) {}
}
