// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.sending.internal.throttle.Deferral.Scope;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads temporary refusals by rules that are kept as data, in the resource {@code deferrals.txt}.
 * Immutable.
 */
public final class DeferralRules {

  private static final String RESOURCE = "deferrals.txt";

  /** Before the recipient was named nobody can have refused it. */
  private static final Set<Stage> BEFORE_RECIPIENT =
      EnumSet.of(Stage.CONNECT, Stage.GREETING, Stage.TLS, Stage.SIGN_IN, Stage.SENDER);

  private final List<Rule> rules;

  private DeferralRules(List<Rule> rules) {
    this.rules = rules;
  }

  /** Reads the rules that come with this bundle. */
  public static DeferralRules bundled() {
    InputStream resource = DeferralRules.class.getResourceAsStream(RESOURCE);
    if (resource == null) {
      throw new IllegalStateException("The bundle lacks its " + RESOURCE);
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return new DeferralRules(
          lines
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Rule::of)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what a temporary refusal means; for a reply of the other side, not for none. */
  public Deferral read(Reply reply) {
    Deferral found =
        rules.stream()
            .filter(rule -> rule.fits(reply))
            .map(Rule::meaning)
            .findFirst()
            .orElse(Deferral.UNCLEAR);
    boolean wide = found.scope() == Scope.DOMAIN || found.scope() == Scope.UNCLEAR;
    return wide && BEFORE_RECIPIENT.contains(reply.stage())
        ? new Deferral(Scope.ACCOUNT, found.slows())
        : found;
  }

  /** One line; a null pattern fits anything. */
  private record Rule(Pattern code, Pattern status, Pattern words, Deferral meaning) {

    static Rule of(String line) {
      String[] parts = line.split(";", -1);
      if (parts.length != 5) {
        throw new IllegalArgumentException("A rule has five columns: " + line);
      }
      Scope scope = Scope.valueOf(parts[3].strip().toUpperCase(Locale.ROOT));
      String effect = parts[4].strip();
      if (!effect.equals("slow") && !effect.equals("keep")) {
        throw new IllegalArgumentException("A rule ends in slow or keep: " + line);
      }
      String words = parts[2].strip();
      return new Rule(
          digits(parts[0].strip()),
          digits(parts[1].strip()),
          words.isEmpty() ? null : Pattern.compile(words, Pattern.CASE_INSENSITIVE),
          new Deferral(scope, effect.equals("slow")));
    }

    private static Pattern digits(String mask) {
      if (mask.isEmpty()) {
        return null;
      }
      return Pattern.compile(mask.replace(".", "\\.").replace("x", "[0-9]").replace("*", "[0-9]+"));
    }

    boolean fits(Reply reply) {
      return (code == null || code.matcher(Integer.toString(reply.code())).matches())
          && (status == null
              || (reply.enhancedCode() != null && status.matcher(reply.enhancedCode()).matches()))
          && (words == null || words.matcher(reply.text()).find());
    }
  }
}
