// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.DkimKey;
import io.rookery.api.mailboxes.DkimKey.Algorithm;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.api.secrets.CredentialTopics;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.check.DkimCheck;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.secrets.SecretData;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DkimKeysImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private final DomainFixture fixture = new DomainFixture(DATABASE);
  private final DkimKeysImpl keys = fixture.keys;

  @Test
  void theKeysShouldBelongToWhatIsPublished() throws Exception {
    SendingDomain domain = fixture.verified(context, "heron.example");
    List<DkimKey> found = keys.of(context, "heron.example");

    assertThat(found)
        .extracting(DkimKey::algorithm)
        .containsExactly(Algorithm.RSA_SHA256, Algorithm.ED25519_SHA256);
    assertThat(found).allMatch(key -> key.domain().equals("heron.example"));
    byte[] text = "mail".getBytes(StandardCharsets.UTF_8);
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initSign(found.get(0).privateKey());
    rsa.update(text);
    byte[] signed = rsa.sign();
    rsa.initVerify(published(domain.selectors().get(0).publicKey(), "RSA", ""));
    rsa.update(text);
    assertThat(rsa.verify(signed)).isTrue();

    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initSign(found.get(1).privateKey());
    ed25519.update(text);
    byte[] shorter = ed25519.sign();
    // The SubjectPublicKeyInfo of Ed25519 but for the key itself (RFC 8410 §4).
    String head = "302a300506032b6570032100";
    ed25519.initVerify(published(domain.selectors().get(1).publicKey(), "Ed25519", head));
    ed25519.update(text);
    assertThat(ed25519.verify(shorter)).isTrue();
  }

  private static PublicKey published(String base64, String algorithm, String head)
      throws Exception {
    byte[] key = Base64.getDecoder().decode(base64);
    byte[] begin = HexFormat.of().parseHex(head);
    byte[] whole = Arrays.copyOf(begin, begin.length + key.length);
    System.arraycopy(key, 0, whole, begin.length, key.length);
    return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(whole));
  }

  @Test
  void mailFromBelowADomainShouldBeSignedByTheNearestThatWasSeen() {
    fixture.verified(context, "heron.example");
    SendingDomain nearer = fixture.service.create(context, "news.heron.example");

    assertThat(domainOf("daily.news.heron.example")).isEqualTo("heron.example");
    fixture.publish(nearer);
    fixture.service.verify(context, nearer.id());
    assertThat(domainOf("daily.news.heron.example")).isEqualTo("news.heron.example");
    assertThat(domainOf("heron.example")).isEqualTo("heron.example");
    assertThat(keys.of(context, "otherheron.example")).isEmpty();
    assertThat(keys.of(context, "example")).isEmpty();
  }

  @Test
  void anUnseenDomainShouldSignNothing() {
    fixture.service.create(context, "heron.example");
    assertThat(keys.of(context, "heron.example")).isEmpty();
  }

  @Test
  void mailOfADomainThatLostItsRecordShouldWaitAndNotLeaveUnsigned() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    fixture.service.create(context, "news.heron.example");
    assertThat(domainOf("news.heron.example")).isEqualTo("heron.example");
    fail(domain);

    waits("heron.example");
    waits("news.heron.example");
    assertThat(keys.of(context, "otherheron.example")).isEmpty();
    assertThat(keys.of(DATABASE.tenant(), "heron.example")).isEmpty();
    trust("heron.example");
    assertThat(keys.of(context, "news.heron.example")).isEmpty();
  }

  @Test
  void aDomainAboveShouldSignForOneThatLostItsRecord() {
    fixture.verified(context, "heron.example");
    fail(fixture.verified(context, "news.heron.example"));
    assertThat(domainOf("news.heron.example")).isEqualTo("heron.example");
  }

  private void fail(SendingDomain domain) {
    domain.selectors().forEach(selector -> fixture.unpublish(domain, selector));
    fixture.service.verify(context, domain.id());
    fixture.clock.pass(Duration.ofHours(1));
    assertThat(fixture.service.verify(context, domain.id()).state()).isEqualTo(State.FAILING);
  }

  private void waits(String from) {
    assertThatThrownBy(() -> keys.of(context, from))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("unavailable"))
        .hasMessageContaining("heron.example");
  }

  private void trust(String domain) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              String sql =
                  """
                  insert into tenant.domain_trust (tenant_id, id, domain, trusted_by, trusted_at)
                  values (?, ?, ?, 'test', now())
                  """;
              try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
                insert.setObject(1, context.tenantId());
                insert.setObject(2, UUID.randomUUID());
                insert.setString(3, domain);
                return insert.executeUpdate();
              }
            });
  }

  @Test
  void anEd25519RecordThatWentWrongShouldBeLeftOutAtOnce() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    fixture.unpublish(domain, domain.selectors().get(1));
    fixture.service.verify(context, domain.id());
    assertThat(keys.of(context, "heron.example"))
        .extracting(DkimKey::algorithm)
        .containsExactly(Algorithm.RSA_SHA256);
  }

  @Test
  void keysInMemoryShouldOutlastASealedStore() {
    fixture.verified(context, "heron.example");
    assertThat(keys.of(context, "heron.example")).hasSize(2);
    fixture.secrets.sealed = true;

    assertThat(keys.of(context, "heron.example")).hasSize(2);
    fixture.clock.pass(Duration.ofMinutes(2));
    assertThat(keys.of(context, "heron.example")).hasSize(2);
    assertThatThrownBy(() -> keys.of(context, "news.heron.example"))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("unavailable"));
    DATABASE.epochs().raise(context.tenantId(), DkimKeysImpl.TOPIC);
    assertThatThrownBy(() -> keys.of(context, "heron.example"))
        .isInstanceOf(RookeryException.class);
  }

  @Test
  void mailShouldWaitWhereAKeyIsMissingAndItsDomainIsNot() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    String rsa = reference(domain, 0);
    SecretData lost = fixture.secrets.kept.remove(rsa);
    waits("heron.example");
    fixture.secrets.kept.put(rsa, lost);
    assertThat(keys.of(context, "heron.example")).hasSize(2);

    fixture.secrets.kept.remove(reference(domain, 1));
    DATABASE.epochs().raise(context.tenantId(), DkimKeysImpl.TOPIC);
    waits("heron.example");
  }

  private String reference(SendingDomain domain, int index) {
    String selector = domain.selectors().get(index).name();
    return context.tenantId() + "/dkim/" + domain.name() + "/" + selector;
  }

  @Test
  void aDomainThatIsRemovedWhileItsKeysAreReadShouldSignNothing() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    Runnable removal = () -> fixture.service.delete(context, domain.id());
    // The RSA key is read already, the other one is gone.
    fixture.secrets.beforeRead = () -> fixture.secrets.beforeRead = removal;
    assertThat(keys.of(context, "heron.example")).isEmpty();
    assertThat(fixture.secrets.kept).isEmpty();
  }

  @Test
  void keysShouldBeReadAnewWhenCredentialsMustNotBeUsedAnyMore() {
    fixture.verified(context, "heron.example");
    List<DkimKey> before = keys.of(context, "heron.example");
    assertThat(keys.of(context, "heron.example")).isSameAs(before);
    DATABASE.epochs().raise(context.tenantId(), CredentialTopics.ALL);
    fixture.secrets.kept.clear();
    assertThatThrownBy(() -> keys.of(context, "heron.example"))
        .isInstanceOf(RookeryException.class);
  }

  @Test
  void anotherNodeShouldLearnOfAChangeByTheEpoch() {
    DkimKeysImpl other =
        new DkimKeysImpl(
            DATABASE.transactions(), fixture.secrets, DATABASE.epochs(), fixture.clock);
    SendingDomain domain = fixture.verified(context, "heron.example");
    assertThat(other.of(context, "heron.example")).hasSize(2);
    fixture.service.delete(context, domain.id());
    assertThat(other.of(context, "heron.example")).isEmpty();
  }

  @Test
  void keysShouldPrintWithoutThemselves() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    String name = domain.selectors().get(0).name();
    assertThat(keys.of(context, "heron.example").get(0))
        .hasToString(DkimCheck.host(name, "heron.example") + " RSA_SHA256");
  }

  private String domainOf(String from) {
    return keys.of(context, from).get(0).domain();
  }
}
