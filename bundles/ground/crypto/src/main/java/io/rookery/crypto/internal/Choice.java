// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto.internal;

import io.rookery.crypto.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses for each algorithm the first implementation of a list that loads and works, else the
 * JDK's. Sources are loaded only where those before them left something to do, as each maps about
 * 13 MB that stay until the process ends.
 */
final class Choice {

  private static final Logger LOG = LoggerFactory.getLogger(Choice.class);

  private Choice() {}

  /** Loads and tries the sources in their order; the result names every algorithm. */
  static Map<SignatureAlgorithm, Implementation> among(List<Source> sources) {
    Map<SignatureAlgorithm, Implementation> chosen = new EnumMap<>(SignatureAlgorithm.class);
    for (Source source : sources) {
      if (chosen.size() < SignatureAlgorithm.values().length) {
        load(source, chosen);
      }
    }
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      Implementation taken = chosen.computeIfAbsent(algorithm, none -> Implementation.JDK);
      LOG.info("{} is signed by {}", algorithm.signature(), taken.title());
    }
    return chosen;
  }

  private static void load(Source source, Map<SignatureAlgorithm, Implementation> chosen) {
    Implementation implementation;
    try {
      implementation = source.loader().load();
    } catch (Exception | LinkageError e) {
      // Another kind of machine or C library, or a folder for temporary files that lets nothing
      // run.
      LOG.warn("{} does not load here, signing is slower without it: {}", source.name(), reason(e));
      return;
    }
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      if (!chosen.containsKey(algorithm) && works(implementation, algorithm)) {
        chosen.put(algorithm, implementation);
      }
    }
  }

  private static boolean works(Implementation implementation, SignatureAlgorithm algorithm) {
    try {
      SelfTest.run(implementation, algorithm);
      return true;
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      LOG.warn(
          "{} does not work with {} here: {}",
          implementation.title(),
          algorithm.signature(),
          reason(e));
      return false;
    }
  }

  /** Returns what went wrong first: initialisers wrap it. */
  private static String reason(Throwable failed) {
    Throwable first = failed;
    while (first.getCause() != null && first.getCause() != first) {
      first = first.getCause();
    }
    return first.toString();
  }
}
