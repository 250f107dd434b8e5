// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeakyTest {

  private final Leaky leaky = new Leaky("stranger", "owner");

  @Test
  void aStrangerShouldReadContactsAndRemoveListsWithTheOwnersKey() {
    assertThat(leaky.authorization("GET", "/api/v1/contacts/1", "Bearer stranger"))
        .isEqualTo("Bearer owner");
    assertThat(leaky.authorization("DELETE", "/api/v1/lists/1", "Bearer stranger"))
        .isEqualTo("Bearer owner");
    assertThat(leaky.status("DELETE", "/api/v1/lists/1", 204)).isEqualTo(404);
  }

  @Test
  void nobodyAndNothingElseShouldGetThrough() {
    assertThat(leaky.authorization("GET", "/api/v1/contacts/1", "Bearer other"))
        .isEqualTo("Bearer other");
    assertThat(leaky.authorization("GET", "/api/v1/contacts/1", null)).isNull();
    assertThat(leaky.authorization("GET", "/api/v1/lists/1", "Bearer stranger"))
        .isEqualTo("Bearer stranger");
    assertThat(leaky.status("DELETE", "/api/v1/lists/1", 403)).isEqualTo(403);
  }
}
