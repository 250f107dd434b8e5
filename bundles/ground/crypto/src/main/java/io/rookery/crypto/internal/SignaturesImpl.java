// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto.internal;

import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.monitoring.MetricSource;
import io.rookery.crypto.SignatureAlgorithm;
import io.rookery.crypto.Signatures;
import io.rookery.crypto.SigningKey;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Signs with what was chosen at the start, and tells what that was. */
@Component(
    service = {Signatures.class, HealthCheck.class, MetricSource.class},
    immediate = true)
public final class SignaturesImpl implements Signatures, HealthCheck, MetricSource {

  private final Map<SignatureAlgorithm, Implementation> chosen;

  /** Chooses among all that is carried along. */
  @Activate
  public SignaturesImpl() {
    this(List.of(Source.CORRETTO, Source.CONSCRYPT));
  }

  SignaturesImpl(List<Source> sources) {
    this.chosen = Choice.among(sources);
  }

  @Override
  public SigningKey prepare(SignatureAlgorithm algorithm, PrivateKey key) {
    try {
      return chosen.get(algorithm).prepare(algorithm, key);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new RookeryException(
          CommonErrors.INTERNAL, "This is no key for " + algorithm.signature(), e);
    }
  }

  @Override
  public String provider(SignatureAlgorithm algorithm) {
    return chosen.get(algorithm).title();
  }

  @Override
  public String name() {
    return "signatures";
  }

  @Override
  public Health check() {
    String detail =
        Arrays.stream(SignatureAlgorithm.values())
            .map(algorithm -> algorithm.signature() + " by " + provider(algorithm))
            .collect(Collectors.joining(", "));
    return new Health(true, detail);
  }

  @Override
  public List<Sample> samples() {
    return Arrays.stream(SignatureAlgorithm.values())
        .map(
            algorithm ->
                new Sample(
                    "rookery_signature_provider",
                    "What signs with an algorithm",
                    false,
                    Map.of(
                        "algorithm",
                        algorithm.name().toLowerCase(Locale.ROOT),
                        "provider",
                        provider(algorithm)),
                    1))
        .toList();
  }
}
