// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.tenancy.Workspaces;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.jobs.Job;
import io.rookery.jobs.JobRun;
import io.rookery.jobs.JobService;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Stand-ins for the bundles that contacts works with. */
final class Neighbours {

  final Queue<NewEvent> events = new ConcurrentLinkedQueue<>();

  EventLog log() {
    return (tx, appended) -> events.addAll(appended);
  }

  List<String> types() {
    return events.stream().map(NewEvent::type).toList();
  }

  /** Takes whatever workspace is asked for, else the main one. */
  static Workspaces workspaces() {
    return (tx, wanted) -> wanted == null ? tx.context().tenantId() : wanted;
  }

  static PlatformKeys keys() {
    return new PlatformKeys() {
      @Override
      public PlatformKey current(KeyPurpose purpose) {
        return new FixedKey();
      }

      @Override
      public Optional<PlatformKey> find(KeyPurpose purpose, int id) {
        return Optional.of(new FixedKey());
      }
    };
  }

  /** Jobs that nobody runs. */
  static final class Jobs implements JobService {

    final List<UUID> cancelled = new ArrayList<>();

    @Override
    public Job submit(Tx tx, String kind, UUID subjectId, Map<String, ?> parameters) {
      return new Job(
          Uuids.next(),
          kind,
          subjectId,
          Job.State.QUEUED,
          0,
          0,
          Map.of(),
          null,
          Instant.now(),
          null,
          null);
    }

    @Override
    public Job get(TenantContext context, UUID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Page<Job> list(TenantContext context, String kind, PageRequest page) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Job cancel(TenantContext context, UUID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Job cancel(Tx tx, UUID id) {
      cancelled.add(id);
      return null;
    }
  }

  /** A run that is struck when so many chunks have been told of. */
  record Run(
      TenantContext context,
      UUID subjectId,
      Queue<Map<String, ?>> chunks,
      int struckAt,
      Runnable between,
      Runnable strike)
      implements JobRun {

    static Run of(TenantContext context, UUID subjectId, int struckAt) {
      return new Run(
          context, subjectId, new ConcurrentLinkedQueue<>(), struckAt, () -> {}, Run::die);
    }

    @Override
    public UUID id() {
      return subjectId;
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of();
    }

    @Override
    public Map<String, Object> checkpoint() {
      return Map.of();
    }

    @Override
    public void advance(Tx tx, Map<String, ?> checkpoint, long done, long total) {
      chunks.add(checkpoint);
      if (chunks.size() == struckAt) {
        strike.run();
      }
    }

    Run with(Runnable next) {
      return new Run(context, subjectId, chunks, struckAt, next, strike);
    }

    Run struckBy(Runnable other) {
      return new Run(context, subjectId, chunks, struckAt, between, other);
    }

    private static void die() {
      throw new Struck();
    }

    @Override
    public void check() {
      if (!chunks.isEmpty()) {
        between.run();
      }
    }
  }

  /** The death of a node in the middle of a chunk. */
  static final class Struck extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final class FixedKey implements PlatformKey {

    @Override
    public int id() {
      return 1;
    }

    @Override
    public byte[] mac(byte[] data) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        return mac.doFinal(data);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
