// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.version;

import io.rookery.api.sending.BackendVersions.State;
import io.rookery.api.sending.BackendVersions.Use;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Which version of each backend tenants are to use, as the database says and this node last read
 * it. Changes are made by comparing and setting, so two nodes that notice the same failure tell it
 * once. Thread-safe.
 */
public final class VersionBook {

  private static final String TOPIC = "backend-versions";
  private static final Actor ACTOR = Actor.system("sending");

  private final Transactions transactions;
  private final Epochs epochs;
  private final TenantService tenants;
  private final EventLog events;
  private final Clock clock;
  private final VersionStore store = new VersionStore();
  private volatile Map<String, VersionChoice> choices = Map.of();
  private volatile long read = -1;

  /** Makes a book that has read nothing yet. */
  public VersionBook(
      Transactions transactions,
      Epochs epochs,
      TenantService tenants,
      EventLog events,
      Clock clock) {
    this.transactions = transactions;
    this.epochs = epochs;
    this.tenants = tenants;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Reads what has changed since the last time; returns whether something had.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} while the database cannot be
   *     asked
   */
  public boolean refresh() {
    long epoch = epochs.current(tenants.operatorTenantId(), TOPIC);
    if (epoch == read) {
      return false;
    }
    choices = Map.copyOf(load());
    read = epoch;
    return true;
  }

  private Map<String, VersionChoice> load() {
    return transactions.system(SystemPurpose.BACKEND_VERSIONS, store::all);
  }

  /** Returns whether tenants are being moved to a version, and may have to leave it again. */
  public boolean onTrial(String backend, String version) {
    return choice(backend)
        .filter(choice -> choice.state() == State.MOVING && version.equals(choice.next()))
        .isPresent();
  }

  /** Returns what this node last read of a backend, or empty where it is not known. */
  public Optional<VersionChoice> choice(String backend) {
    return Optional.ofNullable(choices.get(backend));
  }

  /** Returns the version that a tenant is to use, or null where any will do. */
  public String wanted(String backend, UUID tenantId) {
    VersionChoice choice = choices.get(backend);
    return choice == null ? null : choice.wanted(tenantId);
  }

  /** Returns what the database says now of all backends. */
  public Map<String, VersionChoice> now() {
    return load();
  }

  /** Makes the first version of a backend that is seen the current one. */
  public void adopt(String backend, String version) {
    boolean added =
        transactions.system(
            SystemPurpose.BACKEND_VERSIONS,
            system -> store.insert(system, backend, version, clock.instant()));
    if (added) {
      epochs.raise(tenants.operatorTenantId(), TOPIC);
    }
  }

  /** Makes a higher version current where the current one is gone for good. */
  public void succeed(String backend, String version) {
    change(backend, "backend.settled", ACTOR, old -> old.settled(version, clock.instant()));
  }

  /** Has everybody leave a version that fails; does nothing where nobody is moved to it. */
  public void giveBack(String backend, String version, String reason) {
    change(
        backend,
        "backend.returned",
        ACTOR,
        old ->
            old.state() == State.MOVING && old.next().equals(version)
                ? old.returned(reason, clock.instant())
                : null);
  }

  /**
   * Changes a backend's choice unless the change is null, and tells the operator's log; returns
   * whether it was changed.
   */
  public boolean change(
      String backend, String type, Actor actor, UnaryOperator<VersionChoice> change) {
    VersionChoice made =
        transactions.system(
            SystemPurpose.BACKEND_VERSIONS,
            system -> {
              VersionChoice old = store.all(system).get(backend);
              VersionChoice wanted = old == null ? null : change.apply(old);
              return wanted != null && store.replace(system, wanted) ? wanted : null;
            });
    if (made == null) {
      return false;
    }
    epochs.raise(tenants.operatorTenantId(), TOPIC);
    tell(made, type, actor);
    return true;
  }

  /** Returns what a request with the context's idempotency key was answered before, or empty. */
  public Optional<Use> answered(TenantContext operator) {
    if (operator.idempotencyKey() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          transactions.callOnce(
              operator,
              Use.class,
              tx -> {
                throw new NotAnswered();
              }));
    } catch (NotAnswered e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps an answer under the context's idempotency key. The change is the platform's and the key
   * the operator's, so they commit one after the other: a node that dies in between leaves a change
   * whose repeat finds it made and changes nothing more.
   */
  public Use answer(TenantContext operator, Use use) {
    return transactions.callOnce(operator, Use.class, tx -> use);
  }

  private void tell(VersionChoice made, String type, Actor actor) {
    UUID subject =
        UUID.nameUUIDFromBytes(("backend/" + made.backend()).getBytes(StandardCharsets.UTF_8));
    Map<String, Object> data =
        Map.of(
            "backend",
            made.backend(),
            "current",
            made.current(),
            "next",
            made.next() == null ? "" : made.next(),
            "tenants",
            made.everybody() ? "all" : Integer.toString(made.tenants().size()));
    NewEvent event = new NewEvent(type, subject, made.revision() + 1, made.changedAt(), data);
    TenantContext operator = tenants.operator(actor);
    transactions.call(
        operator,
        tx -> {
          events.append(tx, event);
          return null;
        });
  }

  /** Leaves the transaction of a key that nothing was answered to. */
  private static final class NotAnswered extends RookeryException {

    private static final long serialVersionUID = 1L;

    NotAnswered() {
      super(CommonErrors.INTERNAL, "Nothing was answered yet");
    }
  }
}
