// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.spi.mail.Capability;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainCapsTest {

  @Test
  void capsShouldBeReadAsTheyAreConfigured() {
    DomainCaps caps = DomainCaps.of(" Gmail.com=600/m, yahoo.com = 300,*=1200 ");
    assertThat(caps.cap("gmail.com")).isEqualTo(600);
    assertThat(caps.cap("yahoo.com")).isEqualTo(300);
    assertThat(caps.cap("elsewhere.example")).isEqualTo(1200);
    assertThat(DomainCaps.of("gmail.com=600").cap("elsewhere.example")).isZero();
    assertThat(DomainCaps.of(" ")).isEqualTo(DomainCaps.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gmail.com", "gmail.com=", "gmail.com=ten", "gmail.com=0", "a b=1", "=5"})
  void whatIsNoCapShouldBeRefused(String text) {
    assertThatThrownBy(() -> DomainCaps.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cap");
  }

  @Test
  void fixedCapsShouldHoldWhereNoDeferralsAreShown() {
    ThrottleSettings settings =
        new ThrottleSettings(DomainCaps.of("gmail.com=600"), DomainCaps.of("*=100"));
    DomainCaps blind = settings.capsOf(Set.of(Capability.TEMPLATES));
    DomainCaps seeing = settings.capsOf(Set.of(Capability.SHOWS_DEFERRALS));
    DomainCaps catching = settings.capsOf(Set.of(Capability.CATCHES_MAIL));
    assertThat(blind.cap("gmail.com")).isEqualTo(600);
    assertThat(blind.cap("elsewhere.example")).isEqualTo(100);
    assertThat(seeing.cap("gmail.com")).isEqualTo(600);
    assertThat(seeing.cap("elsewhere.example")).isZero();
    assertThat(catching).isEqualTo(DomainCaps.NONE);
  }
}
