// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.crypto.internal.SignaturesImpl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rspamd, with Knot DNS behind it, on what the product signed and sent. */
@Tag("peer")
@Timeout(300)
class SigningRunTest {

  @TempDir Path folder;

  @Test
  void rspamdShouldVerifyEverySignatureAndNoneOfAChangedMail() throws Exception {
    List<String> told = new ArrayList<>();
    try (SigningRun run = new SigningRun(folder, new SignaturesImpl(), told::add)) {
      SigningRun.Result whole = run.run(200, 6376, false);
      assertThat(told).isEmpty();
      assertThat(whole).isEqualTo(new SigningRun.Result(200, 0));

      assertThat(run.run(200, 8463, true)).isEqualTo(new SigningRun.Result(198, 2));
      assertThat(told).hasSize(2).allMatch(line -> line.contains("R_DKIM_REJECT"));
    }
  }
}
