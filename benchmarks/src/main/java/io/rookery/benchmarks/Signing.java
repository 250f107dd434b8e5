// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.signing.ProviderRates;
import io.rookery.benchmarks.signing.SigningRun;
import io.rookery.crypto.Signatures;
import io.rookery.crypto.internal.SignaturesImpl;
import io.rookery.itests.running.Scratch;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows that a foreign verifier accepts every signature on what arrives, whatever the mail looks
 * like; and what signing costs, beside OpenSSL on the same machine.
 */
final class Signing {

  private static final Pattern RATE = Pattern.compile("rsa +2048 bits +\\S+ +\\S+ +([0-9.]+)");

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
      double openssl = openssl();
      report.line(
          "both signatures: %.0f mails/s on one core, %.2f of OpenSSL's %.0f RSA signatures/s",
          each, each / openssl, openssl);
      report.line("signing %d verified %d failed %d", count, result.verified(), result.failed());
      return result.failed() == 0 && result.verified() == count;
    }
  }

  /** Returns how many signatures a second OpenSSL makes on one core. */
  private static double openssl() throws Exception {
    Process process =
        new ProcessBuilder("openssl", "speed", "-seconds", "2", "rsa2048")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(told);
    return rate.find() ? Double.parseDouble(rate.group(1)) : Double.NaN;
  }
}
