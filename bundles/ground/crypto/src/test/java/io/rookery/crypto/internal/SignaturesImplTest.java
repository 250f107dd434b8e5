// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.crypto.SignatureAlgorithm;
import io.rookery.crypto.SigningKey;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignaturesImplTest {

  private static final byte[] MESSAGE = new byte[3000];

  @ParameterizedTest
  @EnumSource
  void theJdkShouldVerifyWhatEachImplementationSigns(SignatureAlgorithm algorithm)
      throws Exception {
    for (List<Source> sources : List.of(onlyCorretto(), onlyConscrypt(), List.<Source>of())) {
      SignaturesImpl signatures = new SignaturesImpl(sources);
      KeyPair keys = newKeys(algorithm);
      SigningKey key = signatures.prepare(algorithm, keys.getPrivate());
      for (int length : new int[] {0, 1, 1000, MESSAGE.length - 7}) {
        assertThat(verified(algorithm, keys, key.sign(MESSAGE, 7, length), length)).isTrue();
      }
    }
  }

  @Test
  void whatIsCarriedAlongShouldLoadOnThisKindOfMachine() {
    assertThat(new SignaturesImpl(onlyConscrypt()).provider(SignatureAlgorithm.RSA_SHA256))
        .startsWith("Conscrypt 2.");
    SignaturesImpl signatures = new SignaturesImpl();

    assertThat(signatures.provider(SignatureAlgorithm.RSA_SHA256)).startsWith("Amazon Corretto");
    assertThat(signatures.check().ready()).isTrue();
    assertThat(signatures.check().detail()).contains("SHA256withRSA by Amazon", "Ed25519 by ");
    assertThat(signatures.samples())
        .extracting(sample -> sample.labels().get("algorithm"))
        .containsExactlyInAnyOrder("rsa_sha256", "ed25519");
  }

  @Test
  void whatLoadsLaterShouldNotBeLoadedWhereItIsNotNeeded() {
    AtomicInteger loads = new AtomicInteger();
    Source second =
        new Source(
            "second",
            () -> {
              loads.incrementAndGet();
              return Implementation.JDK;
            });

    new SignaturesImpl(List.of(Source.CORRETTO, second));
    assertThat(loads).hasValue(0);
    new SignaturesImpl(List.of(failing(new UnsatisfiedLinkError("noexec")), second));
    assertThat(loads).hasValue(1);
  }

  @Test
  void aLoadThatFailsInAnyWayShouldLeaveTheJdk() {
    List<Throwable> failures =
        List.of(
            new UnsatisfiedLinkError("failed to map segment from shared object"),
            new ExceptionInInitializerError(new IllegalStateException("no such machine")),
            new NoClassDefFoundError("Could not initialize class"),
            new IllegalStateException("empty"));
    for (Throwable failure : failures) {
      SignaturesImpl signatures = new SignaturesImpl(List.of(failing(failure)));
      assertThat(signatures.provider(SignatureAlgorithm.RSA_SHA256)).startsWith("JDK ");
      assertThat(signatures.provider(SignatureAlgorithm.ED25519)).startsWith("JDK ");
    }
  }

  @Test
  void anImplementationThatSignsWronglyShouldBePassedOver() {
    Source wrong = new Source("wrong", () -> new Implementation("wrong", new WrongProvider()));

    SignaturesImpl signatures = new SignaturesImpl(List.of(wrong));
    assertThat(signatures.provider(SignatureAlgorithm.RSA_SHA256)).startsWith("JDK ");
  }

  @Test
  void nothingShouldBeRegisteredForTheWholeProcess() {
    List<String> before = names();

    new SignaturesImpl(onlyConscrypt());
    new SignaturesImpl(onlyCorretto());
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void aKeyOfAnotherKindShouldBeRefusedWhenItIsPrepared() throws Exception {
    KeyPair ed25519 = newKeys(SignatureAlgorithm.ED25519);
    for (List<Source> sources : List.of(onlyCorretto(), onlyConscrypt(), List.<Source>of())) {
      SignaturesImpl signatures = new SignaturesImpl(sources);
      assertThatThrownBy(
              () -> signatures.prepare(SignatureAlgorithm.RSA_SHA256, ed25519.getPrivate()))
          .isInstanceOfSatisfying(
              RookeryException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.INTERNAL))
          .hasMessageNotContaining(HexFormat.of().formatHex(ed25519.getPrivate().getEncoded()));
    }
  }

  @Test
  void manyThreadsShouldSignWithOneKey() throws Exception {
    KeyPair keys = newKeys(SignatureAlgorithm.ED25519);
    SigningKey key = new SignaturesImpl().prepare(SignatureAlgorithm.ED25519, keys.getPrivate());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int length = i;
        work.add(
            () -> verified(SignatureAlgorithm.ED25519, keys, key.sign(MESSAGE, 7, length), length));
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(key).hasToString("ED25519 by " + new SignaturesImpl().provider(ED25519));
  }

  private static final SignatureAlgorithm ED25519 = SignatureAlgorithm.ED25519;

  private static List<Source> onlyCorretto() {
    return List.of(Source.CORRETTO);
  }

  private static List<Source> onlyConscrypt() {
    return List.of(Source.CONSCRYPT);
  }

  private static Source failing(Throwable failure) {
    return new Source(
        "failing",
        () -> {
          if (failure instanceof Error error) {
            throw error;
          }
          throw (Exception) failure;
        });
  }

  private static List<String> names() {
    return Arrays.stream(Security.getProviders()).map(Provider::getName).toList();
  }

  private static KeyPair newKeys(SignatureAlgorithm algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.key());
    if (algorithm == SignatureAlgorithm.RSA_SHA256) {
      generator.initialize(2048);
    }
    return generator.generateKeyPair();
  }

  private static boolean verified(
      SignatureAlgorithm algorithm, KeyPair keys, byte[] signed, int length) throws Exception {
    Signature jdk = Signature.getInstance(algorithm.signature());
    jdk.initVerify(keys.getPublic());
    jdk.update(MESSAGE, 7, length);
    return jdk.verify(signed);
  }
}
