// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.testkit.mail.TestCertificate;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Issues what it has, or fails as a test says. */
final class FakeAuthority implements Authority {

  final List<String> ordered = new ArrayList<>();
  TestCertificate issues;
  X509Certificate replaced;
  Instant renewal;

  /** How orders for any host fail, or null. */
  OrderException failure;

  /** How orders for a host fail. */
  final Map<String, OrderException> failures = new HashMap<>();

  /** What orders for a host throw that nobody foresaw. */
  final Map<String, RuntimeException> unforeseen = new HashMap<>();

  /** What looks throw that nobody foresaw, or null. */
  RuntimeException unlooked;

  /** What happens elsewhere while it works. */
  Runnable meanwhile = () -> {};

  FakeAuthority(TestCertificate issues) {
    this.issues = issues;
  }

  @Override
  public List<X509Certificate> order(
      String host, KeyPair key, X509Certificate former, Answers answers) throws OrderException {
    ordered.add(host);
    replaced = former;
    answers.put("token", "answer");
    meanwhile.run();
    if (unforeseen.containsKey(host)) {
      throw unforeseen.get(host);
    }
    OrderException failed = failures.getOrDefault(host, failure);
    if (failed != null) {
      throw failed;
    }
    return List.of(issues.certificate());
  }

  @Override
  public Instant renewal(X509Certificate certificate) {
    meanwhile.run();
    if (unlooked != null) {
      throw unlooked;
    }
    return renewal;
  }
}
