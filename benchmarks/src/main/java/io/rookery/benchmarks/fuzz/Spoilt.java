// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fuzz;

import io.rookery.benchmarks.proxy.Twist;
import java.nio.charset.StandardCharsets;

/**
 * Spoils two kinds of answers: a list that is shown has a number for its name, and a suppression
 * that is made is answered with 500.
 */
public final class Spoilt implements Twist {

  @Override
  public byte[] body(String method, String path, byte[] given) {
    if (!method.equals("GET") || !path.matches("/api/v1/lists/[^/]+")) {
      return given;
    }
    String text = new String(given, StandardCharsets.UTF_8);
    return text.replaceFirst("\"name\":\"[^\"]*\"", "\"name\":7").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int status(String method, String path, int given) {
    boolean made = method.equals("POST") && path.equals("/api/v1/suppressions") && given < 300;
    return made ? 500 : given;
  }
}
