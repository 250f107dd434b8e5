// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import io.rookery.kernel.Uuids;
import io.rookery.spi.mail.CaughtMail.Caught;
import io.rookery.spi.mail.RawMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** How a caught mail is kept: a version byte, the envelope, then the message as it came. */
final class CaughtCodec {

  private static final int VERSION = 1;

  private CaughtCodec() {}

  static byte[] encode(RawMessage message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.content().length + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.write(Uuids.toBytes(message.id()));
      out.writeUTF(message.envelopeSender());
      out.writeShort(message.recipients().size());
      for (String recipient : message.recipients()) {
        out.writeUTF(recipient);
      }
      out.write(message.content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Caught decode(UUID id, byte[] value, boolean withContent) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
      if (in.readByte() != VERSION) {
        throw new IllegalStateException("Mail " + id + " was kept by a newer version");
      }
      UUID messageId = Uuids.fromBytes(in.readNBytes(16), 0);
      String sender = in.readUTF();
      List<String> recipients = new ArrayList<>();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        recipients.add(in.readUTF());
      }
      byte[] content = in.readAllBytes();
      return new Caught(
          id,
          messageId,
          Uuids.instantOf(id),
          sender,
          List.copyOf(recipients),
          withContent ? content : headers(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A list shows subjects and dates, so the header comes with it; the body does not. */
  private static byte[] headers(byte[] content) {
    for (int i = 3; i < content.length; i++) {
      if (content[i] == '\n' && content[i - 1] == '\r' && content[i - 2] == '\n') {
        return Arrays.copyOf(content, i + 1);
      }
    }
    return content;
  }
}
