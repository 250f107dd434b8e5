// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Remembers what was appended. */
final class RecordedEvents implements EventLog {

  private final List<NewEvent> events = new ArrayList<>();

  @Override
  public synchronized void append(Tx tx, List<NewEvent> appended) {
    events.addAll(appended);
  }

  synchronized List<NewEvent> of(UUID subject) {
    return events.stream().filter(event -> event.subjectId().equals(subject)).toList();
  }

  List<String> types(UUID subject) {
    return of(subject).stream().map(NewEvent::type).toList();
  }
}
