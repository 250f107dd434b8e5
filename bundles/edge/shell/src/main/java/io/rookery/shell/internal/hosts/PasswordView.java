// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.MailPassword;
import io.rookery.shell.internal.View;

/** How the shell shows where passwords stand. */
final class PasswordView {

  static final View<MailPassword> FIELDS =
      View.<MailPassword>empty()
          .column("id", MailPassword::id)
          .column("mailbox_id", MailPassword::mailboxId)
          .column("user", MailPassword::user)
          .column("file", MailPassword::file)
          .column("grace_file", MailPassword::graceFile)
          .detail("secret_id", MailPassword::secretId)
          .detail("created_at", MailPassword::createdAt);

  private PasswordView() {}
}
