// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import javax.ws.rs.core.Response;

/** Parts of the forms that people fill in who follow a link in a mail. */
final class AccountForms {

  private AccountForms() {}

  /** Returns what is wrong, for readers of the screen too; nothing where it is empty. */
  static String wrong(String detail) {
    return detail.isEmpty() ? "" : "<p role=\"alert\">" + Pages.escape(detail) + "</p>";
  }

  /** Returns the page of a link that does not work. */
  static Response unknown() {
    return Pages.html(
        404,
        Pages.message(
            "This link does not work",
            "It has expired, was used already, or is not whole. Nothing was changed."));
  }

  /** Returns the field for a new password. */
  static String newPassword() {
    return "<p><label for=\"password\">New password, 12 characters at least</label><br>"
        + "<input id=\"password\" name=\"password\" type=\"password\""
        + " autocomplete=\"new-password\" minlength=\"12\" maxlength=\"256\" required></p>";
  }
}
