// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** A mail server of others that receives a journey's mail. */
interface Inbox extends AutoCloseable {

  /** Returns where it listens on this machine. */
  int port();

  /** Returns what has come. */
  List<MimeMessage> messages() throws Exception;

  /** Forgets what has come. */
  void clear() throws Exception;
}
