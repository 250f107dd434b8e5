// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

  private static ReplyReader reader(String text) {
    return new ReplyReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static SmtpReply read(String text) throws IOException {
    return reader(text).read();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "550 5.1.1 No such user, 5.1.1, No such user",
        "550 5.1.1, 5.1.1, ''",
        "250 2.0.0 Ok, 2.0.0, Ok",
        "452 4.5.3 Too many, 4.5.3, Too many",
        "550 5.7.606 Blocked, 5.7.606, Blocked",
        "550 4.1.1 class differs, -, 4.1.1 class differs",
        "550 5.1 short, -, 5.1 short",
        "550 5.1.1234 long, -, 5.1.1234 long",
        "550 5.1.1: colon, -, 5.1.1: colon",
        "354 3.0.0 none for 3yz, -, 3.0.0 none for 3yz",
        "250, -, ''",
        "'250 ', -, ''",
      })
  void enhancedCodesShouldBeFound(String line, String enhanced, String text) throws IOException {
    SmtpReply reply = read(line + "\r\n");
    assertThat(reply.enhancedCode()).isEqualTo(enhanced);
    assertThat(reply.text()).isEqualTo(text);
  }

  @Test
  void severalLinesShouldBeOneReply() throws IOException {
    SmtpReply reply = read("550-5.7.1 First\r\n550-5.7.1 second\r\n550 5.7.1 third\n");
    assertThat(reply).isEqualTo(new SmtpReply(550, "5.7.1", reply.lines()));
    assertThat(reply.text()).isEqualTo("First second third");
  }

  @Test
  void severalRepliesShouldBeReadInOrder() throws IOException {
    ReplyReader reader = reader("250 a\r\n354 b\r\n421 c\r\n");
    assertThat(reader.read().code()).isEqualTo(250);
    assertThat(reader.hasLeftovers()).isTrue();
    assertThat(reader.read().code()).isEqualTo(354);
    assertThat(reader.read().closing()).isTrue();
    assertThat(reader.hasLeftovers()).isFalse();
    assertThatExceptionOfType(EOFException.class).isThrownBy(reader::read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "25",
        "199 x",
        "600 x",
        "25O x",
        "250x",
        "HTTP/1.1 400",
        "250-a\r\n550 b",
        "\r\n"
      })
  void otherThingsShouldBeRefused(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(text + "\r\n"));
  }

  @Test
  void endlessLinesAndRepliesShouldBeRefused() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> read("250 " + "x".repeat(100_000)));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> read("250-x\r\n".repeat(1000)));
  }

  @Test
  void extensionsShouldBeReadAsTheyAreWrittenInTheWild() throws IOException {
    Extensions extensions =
        Extensions.of(
            read(
                "250-mx.example at your service\r\n250-PIPELINING\r\n250-size 35882577\r\n"
                    + "250-AUTH=LOGIN PLAIN\r\n250-AUTH XOAUTH2 PLAIN\r\n250-8BITMIME \r\n250 SMTPUTF8\r\n"));
    assertThat(extensions.pipelining()).isTrue();
    assertThat(extensions.eightBit()).isTrue();
    assertThat(extensions.utf8()).isTrue();
    assertThat(extensions.startTls()).isFalse();
    assertThat(extensions.maximumSize()).isEqualTo(35_882_577);
    assertThat(extensions.mechanisms()).containsAll(Set.of("LOGIN", "PLAIN", "XOAUTH2"));
  }
}
