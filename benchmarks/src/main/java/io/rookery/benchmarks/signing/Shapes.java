// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.mime.Mail;
import java.time.Instant;
import java.util.Random;

/** Mails of many shapes; the same seed makes the same ones, apart from their ids. */
final class Shapes {

  private static final String[] SUBJECTS = {
    "Hello",
    "",
    "Two  blanks\tand a tab ",
    "Grüße aus Köln, 世界 🐦",
    "word ".repeat(60).strip(),
    "x".repeat(990),
    "Ünïcödé ".repeat(40),
    "=?UTF-8?Q?not_encoded_by_us?=",
    "Line\r\nBcc: thief@example.org",
  };

  private static final String[] NAMES = {
    null, "News", "Krähe & Söhne, \"Vögel\"", "鳥".repeat(30), "a, b; <c> \\ d", " blanks  around "
  };

  private static final String[] RECIPIENTS = {
    "bob@example.net", "jürgen@example.net", "a+b.c=d@xn--bcher-kva.example", "用户@example.net"
  };

  private static final String[] LINES = {
    "",
    ".",
    "..",
    ". .",
    " ",
    "\t \t",
    "From the start",
    "trailing  ",
    "tab\t",
    "=3D =",
    "Grüße 🐦",
    "two  blanks   three",
    "long ".repeat(400),
    "x".repeat(3000),
    "字".repeat(500),
    "\u0000\u0007",
  };

  private final Random random;

  Shapes(long seed) {
    this.random = new Random(seed);
  }

  /** Returns the next mail from a domain; it has no list where it is transactional. */
  Mail next(String domain) {
    boolean listed = random.nextInt(4) > 0;
    return new Mail(
        Uuids.next(),
        domain,
        "news@" + domain,
        any(NAMES),
        any(RECIPIENTS),
        random.nextBoolean() ? "answers@" + domain : null,
        any(SUBJECTS),
        Instant.now(),
        listed ? "https://links.example/u/" + "t".repeat(random.nextInt(120)) : null,
        listed ? "<campaign." + domain + ">" : null,
        random.nextBoolean() ? "c:t:campaign:rookery" : null,
        random.nextBoolean() ? html() : null,
        text());
  }

  private String any(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String html() {
    return random.nextInt(10) == 0 ? "" : "<html><body><p>" + text() + "</p></body></html>";
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    String[] ends = {"\n", "\r\n", "\r", "\n\n\n"};
    for (int lines = random.nextInt(12); lines > 0; lines--) {
      text.append(any(LINES)).append(any(ends));
    }
    return text.append(random.nextBoolean() ? any(LINES) : "").toString();
  }
}
