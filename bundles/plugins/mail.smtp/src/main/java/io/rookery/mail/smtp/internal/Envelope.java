// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.RawMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands that open a message's transaction (RFC 5321 §3.3).
 *
 * @param mail MAIL with the parameters that the server understands
 * @param rcpts RCPT for each recipient that is left
 */
record Envelope(String mail, List<String> rcpts) {

  /** Beyond this many commands a group might fill both sides' buffers (RFC 2920 §3.1). */
  private static final int LARGEST_GROUP = 100;

  /** Makes the commands for a job whose addresses were admitted. */
  static Envelope of(Job job, Extensions server) {
    List<String> recipients = job.recipients();
    List<String> rcpts = new ArrayList<>(recipients.size());
    boolean international = Addresses.isInternational(job.message().envelopeSender());
    for (String recipient : recipients) {
      rcpts.add("RCPT TO:<" + recipient + ">");
      international |= Addresses.isInternational(recipient);
    }
    return new Envelope(mail(job.message(), international, server), rcpts);
  }

  private static String mail(RawMessage message, boolean international, Extensions server) {
    StringBuilder mail = new StringBuilder(160);
    mail.append("MAIL FROM:<").append(message.envelopeSender()).append('>');
    if (server.announcesSize()) {
      mail.append(" SIZE=").append(message.content().length);
    }
    if (server.eightBit() && (message.eightBit() || international)) {
      mail.append(" BODY=8BITMIME");
    }
    if (international) {
      mail.append(" SMTPUTF8");
    }
    if (server.statusNotifications()) {
      // A notification then names the message, and brings no body back (RFC 3461 §4.3, §4.4).
      mail.append(" RET=HDRS ENVID=").append(message.id());
    }
    return mail.toString();
  }

  boolean fitsInOneGroup() {
    return rcpts.size() <= LARGEST_GROUP;
  }

  /** Returns an upper bound of the octets that all commands take, UTF-8 at its worst. */
  int octets() {
    int octets = 16 + 3 * mail.length();
    for (String rcpt : rcpts) {
      octets += 2 + 3 * rcpt.length();
    }
    return octets;
  }
}
