// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.mailboxes.internal.check.DomainSettings;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredTest {

  private static final PublicAddress LOOPBACK = PublicAddress.of("http://127.0.0.1:8181");

  @Test
  void nothingConfiguredShouldBeNothingClaimed() {
    DomainSettings settings = Configured.settings(with(Map.of()), LOOPBACK);
    assertThat(settings.hasReturnPath()).isFalse();
    assertThat(settings.spfTerms()).isEmpty();
    assertThat(settings.trackingTarget()).isNull();
    assertThat(settings.returnPathLabel()).isEqualTo("bounces");
  }

  @Test
  void linksShouldLeadToThePublicHostUnlessSaidOtherwise() {
    PublicAddress links = PublicAddress.of("https://Mail.op.example:8443/x");
    assertThat(Configured.settings(with(Map.of()), links).trackingTarget())
        .isEqualTo("mail.op.example");
    assertThat(
            Configured.settings(with(Map.of("tracking_target", "go.op.example")), links)
                .trackingTarget())
        .isEqualTo("go.op.example");
    assertThat(PublicAddress.of("http://localhost:8181").host()).isEmpty();
  }

  @Test
  void resolversShouldBeReadWithAndWithoutPorts() {
    assertThat(
            Configured.resolvers(
                with(Map.of("dns_resolvers", "192.0.2.53, 127.0.0.1:5353,[2001:db8::53]:54, ::1"))))
        .containsExactly(
            new InetSocketAddress("192.0.2.53", 53),
            new InetSocketAddress("127.0.0.1", 5353),
            new InetSocketAddress("2001:db8::53", 54),
            new InetSocketAddress("::1", 53));
  }

  @Test
  void aWrongValueShouldBeNamedWithItsKey() {
    wrong("dns_resolvers", "dns.example", "dns.resolvers");
    wrong("dns_resolvers", "127.0.0.1:x", "dns.resolvers");
    wrong("spf_networks", "192.0.2.0/33", "spf.networks");
    wrong("return__path_target", "no host", "return_path.target");
    wrong("return__path_label", "a.b", "return_path.label");
    wrong("dmarc_reports", "nobody", "dmarc.reports");
  }

  private static void wrong(String method, String value, String key) {
    DomainConfiguration configuration = with(Map.of(method, value));
    assertThatThrownBy(
            () -> {
              Configured.settings(configuration, LOOPBACK);
              Configured.resolvers(configuration);
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("etc/io.rookery.mailboxes.cfg: " + key);
  }

  private static DomainConfiguration with(Map<String, Object> values) {
    return (DomainConfiguration)
        Proxy.newProxyInstance(
            ConfiguredTest.class.getClassLoader(),
            new Class<?>[] {DomainConfiguration.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
