// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.system;

import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.Event;
import io.rookery.events.EventReader;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Notes of what happened what somebody is to be told by mail. */
@Component(service = EventReader.class)
public final class SystemMailReader implements EventReader {

  private static final String LOCKED = "user.locked";

  /** What happens in tenants. */
  private static final Map<String, Kind> KINDS =
      Map.of(
          LOCKED,
          Kind.LOCKED,
          "invitation.created",
          Kind.INVITED,
          "invitation.resent",
          Kind.INVITED,
          "user.verification_asked",
          Kind.VERIFY,
          "email_change.link_asked",
          Kind.NEW_EMAIL,
          "email_change.asked",
          Kind.EMAIL_CHANGE);

  /**
   * What happens to accounts, which may be of several tenants: told once, by the operator's log.
   */
  private static final Map<String, Kind> OF_ACCOUNTS =
      Map.of(
          "user.reset_asked", Kind.RESET_ASKED,
          "user.password_changed", Kind.PASSWORD_CHANGED);

  private final TenantService tenants;
  private final SystemMailStore store = new SystemMailStore();

  /** Makes the reader. */
  @Activate
  public SystemMailReader(
      @Reference TenantService tenants, @Reference(target = "(area=sending)") Schema schema) {
    this(tenants);
  }

  SystemMailReader(TenantService tenants) {
    this.tenants = tenants;
  }

  @Override
  public String name() {
    return "sending.system-mail";
  }

  @Override
  public Set<String> types() {
    Set<String> types = new HashSet<>(KINDS.keySet());
    types.addAll(OF_ACCOUNTS.keySet());
    return types;
  }

  @Override
  public void apply(Tx tx, List<Event> events) throws SQLException {
    boolean operator = tx.context().tenantId().equals(tenants.operatorTenantId());
    store.want(
        tx,
        events.stream()
            .filter(event -> operator || KINDS.containsKey(event.type()))
            .map(SystemMailReader::cause)
            .toList());
  }

  private static Cause cause(Event event) {
    return new Cause(
        event.id(), kind(event), event.tenantId(), event.subjectId(), event.occurredAt());
  }

  private static Kind kind(Event event) {
    boolean guarded = event.type().equals(LOCKED) && "account".equals(event.data().get("scope"));
    Kind kind = KINDS.getOrDefault(event.type(), OF_ACCOUNTS.get(event.type()));
    return guarded ? Kind.GUARDED : kind;
  }
}
