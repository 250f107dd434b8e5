// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardBouncesTest {

  @ParameterizedTest
  @CsvSource({
    "550, 5.1.1, recipient, true",
    "550, 5.1.1, content, true",
    "553, 5.1.3, recipient, true",
    "550, 5.1.10, recipient, true",
    "553, 5.1.7, sender, false",
    "553, 5.1.8, sender, false",
    "550, 5.2.1, recipient, true",
    "552, 5.2.2, recipient, false",
    "550, 5.4.1, recipient, true",
    "550, 5.4.4, recipient, true",
    "554, 5.4.6, recipient, false",
    "550, 5.7.1, recipient, false",
    "550, 5.7.26, content, false",
    "554, 5.6.0, content, false",
    "552, 5.3.4, content, false",
    "450, 4.1.1, recipient, false",
    "550, 5.0.0, recipient, true",
    "554, 5.0.0, content, false",
    "550, '', recipient, true",
    "551, '', recipient, true",
    "553, '', recipient, true",
    "554, '', recipient, false",
    "552, '', recipient, false",
    "550, '', sender, false",
    "550, '', content, false",
    "550, '', '', true",
    "400, '', request, false"
  })
  void onlyARecipientThatIsNotThereShouldCount(
      int code, String enhanced, String stage, boolean counts) {
    Map<String, Object> data = new HashMap<>();
    data.put("code", code);
    if (!enhanced.isEmpty()) {
      data.put("enhanced_code", enhanced);
    }
    if (!stage.isEmpty()) {
      data.put("stage", stage);
    }
    assertThat(HardBounces.told(data)).isEqualTo(counts);
  }
}
