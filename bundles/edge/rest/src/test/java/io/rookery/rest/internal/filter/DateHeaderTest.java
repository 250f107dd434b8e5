// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageImpl;
import org.junit.jupiter.api.Test;

class DateHeaderTest {

  private Instant time = Instant.parse("2026-01-05T09:08:07.9Z");
  private final DateHeader date = new DateHeader(() -> time);

  @Test
  void dateShouldBeWrittenAsHttpHasIt() {
    assertThat(date.now()).isEqualTo("Mon, 05 Jan 2026 09:08:07 GMT");
  }

  @Test
  void dateShouldGoOnWithTheClock() {
    date.now();
    time = time.plusMillis(100);
    assertThat(date.now()).isEqualTo("Mon, 05 Jan 2026 09:08:08 GMT");
  }

  @Test
  void dateShouldLeaveWhatIsThereAlone() {
    Message answer = new MessageImpl();
    answer.put(Message.PROTOCOL_HEADERS, Map.of("x-one", List.of("1"), "date", List.of("then")));
    date.handleMessage(answer);
    assertThat(answer.get(Message.PROTOCOL_HEADERS))
        .isEqualTo(Map.of("x-one", List.of("1"), "date", List.of("then")));
  }
}
