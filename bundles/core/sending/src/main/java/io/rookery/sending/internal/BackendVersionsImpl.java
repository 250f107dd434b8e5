// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.sending.BackendVersions;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.sending.internal.version.VersionBook;
import io.rookery.sending.internal.version.VersionChoice;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Moves tenants between the versions of a backend as an operator says. Thread-safe. */
@Component(service = BackendVersions.class)
public final class BackendVersionsImpl implements BackendVersions {

  private final VersionBook book;
  private final TenantService tenants;
  private final Supplier<List<Installed>> installed;
  private final Clock clock;

  /** Works on the line's book. */
  @Activate
  public BackendVersionsImpl(@Reference LineComponent line, @Reference TenantService tenants) {
    this(line.book(), tenants, line::installed, Clock.systemUTC());
  }

  BackendVersionsImpl(
      VersionBook book, TenantService tenants, Supplier<List<Installed>> installed, Clock clock) {
    this.book = book;
    this.tenants = tenants;
    this.installed = installed;
    this.clock = clock;
  }

  @Override
  public List<Installed> installed() {
    return installed.get();
  }

  @Override
  public List<Use> uses(TenantContext operator) {
    checkOperator(operator);
    return book.now().values().stream()
        .map(VersionChoice::toUse)
        .sorted(Comparator.comparing(Use::backend))
        .toList();
  }

  @Override
  public Use move(TenantContext operator, Move move) {
    checkOperator(operator);
    check(move);
    boolean all = move.percent() != null && move.percent() == 100;
    Set<UUID> chosen = chosen(operator, move);
    return changed(
        operator,
        move.backend(),
        "backend.moved",
        old ->
            old.current().equals(move.version())
                ? back(old, all, chosen)
                : onwards(old, move, all, chosen));
  }

  /** To move to the current version is to go back to it. */
  private VersionChoice back(VersionChoice old, boolean all, Set<UUID> chosen) {
    if (old.state() != State.MOVING) {
      return null;
    }
    Set<UUID> left = new HashSet<>(old.tenants());
    left.removeAll(chosen);
    if (all || (left.isEmpty() && !old.everybody())) {
      return old.returned("Taken back by the operator", clock.instant());
    }
    if (old.everybody()) {
      throw RookeryException.invalid(
          "/version", "Everybody was moved; only everybody can be taken back");
    }
    return old.moved(old.next(), false, left, old.returnAbove(), clock.instant());
  }

  private VersionChoice onwards(VersionChoice old, Move move, boolean all, Set<UUID> chosen) {
    Set<UUID> moved = new HashSet<>(chosen);
    boolean same = old.state() == State.MOVING && move.version().equals(old.next());
    if (same) {
      moved.addAll(old.tenants());
    }
    boolean everybody = all || (same && old.everybody());
    return old.moved(move.version(), everybody, moved, move.returnAbove(), clock.instant());
  }

  private void check(Move move) {
    boolean here =
        installed().stream()
            .anyMatch(
                it -> it.backend().equals(move.backend()) && it.version().equals(move.version()));
    if (!here) {
      throw RookeryException.invalid(
          "/version", "That version is not installed here; rookery:backend-list tells which are");
    }
    if ((move.percent() == null) == move.tenants().isEmpty()) {
      throw RookeryException.invalid("/percent", "Give either a share or the tenants");
    }
    if (move.percent() != null && (move.percent() < 1 || move.percent() > 100)) {
      throw RookeryException.invalid("/percent", "The share is from 1 to 100");
    }
    if (move.returnAbove() < 1 || move.returnAbove() > 100) {
      throw RookeryException.invalid("/return_above", "The bound is from 1 to 100 per cent");
    }
  }

  /** The same tenants come first for every share, so that a greater one only adds to a smaller. */
  private Set<UUID> chosen(TenantContext operator, Move move) {
    if (move.percent() == null) {
      return move.tenants();
    }
    if (move.percent() == 100) {
      return Set.of();
    }
    List<UUID> all = allTenants(operator);
    all.sort(Comparator.comparing(id -> scattered(move.backend(), id)));
    int count = (int) Math.ceil(all.size() * move.percent() / 100.0);
    return Set.copyOf(all.subList(0, count));
  }

  private static UUID scattered(String backend, UUID tenantId) {
    return UUID.nameUUIDFromBytes((backend + tenantId).getBytes(StandardCharsets.UTF_8));
  }

  private List<UUID> allTenants(TenantContext operator) {
    List<UUID> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<Tenant> page = tenants.list(operator, new PageRequest(500, cursor));
      page.items().stream()
          .map(Tenant::id)
          .filter(id -> !id.equals(tenants.operatorTenantId()))
          .forEach(all::add);
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  @Override
  public Use giveBack(TenantContext operator, String backend) {
    checkOperator(operator);
    return changed(
        operator,
        backend,
        "backend.returned",
        old ->
            old.state() == State.MOVING
                ? old.returned("Taken back by the operator", clock.instant())
                : null);
  }

  @Override
  public Use settle(TenantContext operator, String backend) {
    checkOperator(operator);
    return changed(
        operator,
        backend,
        "backend.settled",
        old -> old.state() == State.MOVING ? old.settled(old.next(), clock.instant()) : null);
  }

  private Use changed(
      TenantContext operator, String backend, String type, UnaryOperator<VersionChoice> change) {
    Optional<Use> answered = book.answered(operator);
    if (answered.isPresent()) {
      return answered.get();
    }
    book.change(backend, type, operator.actor(), change);
    VersionChoice now = book.now().get(backend);
    if (now == null) {
      throw RookeryException.notFound("mail backend: " + backend);
    }
    return book.answer(operator, now.toUse());
  }

  private void checkOperator(TenantContext context) {
    if (!context.tenantId().equals(tenants.operatorTenantId())) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN, "Versions of mail backends are the operator's");
    }
  }
}
