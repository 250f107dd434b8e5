// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenSSL's own {@code openssl speed}, the yardstick of signing. */
final class OpenSsl {

  private static final Pattern RATE = Pattern.compile("rsa +2048 bits +\\S+ +\\S+ +([0-9.]+)");

  private OpenSsl() {}

  /** Returns how many RSA-2048 signatures a second it makes on one core. */
  static double signatures() throws IOException {
    Process process =
        new ProcessBuilder("openssl", "speed", "-seconds", "2", "rsa2048")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(told);
    if (!rate.find()) {
      throw new IOException("openssl speed says nothing of RSA-2048: " + told);
    }
    return Double.parseDouble(rate.group(1));
  }
}
