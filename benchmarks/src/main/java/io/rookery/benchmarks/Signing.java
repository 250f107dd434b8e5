// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.signing.ProviderRates;
import io.rookery.benchmarks.signing.SigningRun;
import io.rookery.crypto.Signatures;
import io.rookery.crypto.internal.SignaturesImpl;
import io.rookery.itests.running.Scratch;
import java.util.Map;

/**
 * Shows that a foreign verifier accepts every signature on what arrives, whatever the mail looks
 * like; and what signing costs, beside OpenSSL on the same machine.
 */
final class Signing {

  private final Options options;
  private final Report report;

  Signing(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int count = options.countOr(10_000);
    for (Map.Entry<String, double[]> rate : ProviderRates.measure().entrySet()) {
      double[] both = rate.getValue();
      report.line("%-10s RSA-2048 %.0f/s Ed25519 %.0f/s", rate.getKey(), both[0], both[1]);
    }
    long seed = System.nanoTime();
    report.line("seed %d", seed);
    Signatures signatures = new SignaturesImpl();
    try (SigningRun run =
        new SigningRun(Scratch.folder(), signatures, line -> report.line("%s", line))) {
      SigningRun.Result result = run.run(count, seed, options.sabotage());
      double each = count / run.signingSeconds();
      double openssl = OpenSsl.signatures();
      report.line(
          "both signatures: %.0f mails/s on one core, %.2f of OpenSSL's %.0f RSA signatures/s",
          each, each / openssl, openssl);
      report.line("signing %d verified %d failed %d", count, result.verified(), result.failed());
      return result.failed() == 0 && result.verified() == count;
    }
  }
}
