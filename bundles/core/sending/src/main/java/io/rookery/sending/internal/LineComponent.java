// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.mailboxes.DkimKeys;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.ReturnPathHosts;
import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.monitoring.MetricSource;
import io.rookery.api.people.PeopleMail;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.sending.BackendVersions;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantService;
import io.rookery.crypto.Signatures;
import io.rookery.events.EventLog;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Leases;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.line.ClaimGate;
import io.rookery.sending.internal.line.LineNeighbours;
import io.rookery.sending.internal.line.LineSettings;
import io.rookery.sending.internal.line.PacingFigures;
import io.rookery.sending.internal.line.SendingLine;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.plan.Completion;
import io.rookery.sending.internal.rates.RateMeter;
import io.rookery.sending.internal.rates.RatePublisher;
import io.rookery.sending.internal.returnpath.EnvelopeSenders;
import io.rookery.sending.internal.returnpath.ReturnPathTokens;
import io.rookery.sending.internal.system.SystemLetters;
import io.rookery.sending.internal.throttle.DomainCaps;
import io.rookery.sending.internal.throttle.ThrottleSettings;
import io.rookery.sending.internal.version.VersionBook;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Runs the sending line for as long as everything that it needs is there; backends come and go. */
@Component(
    service = {MetricSource.class, HealthCheck.class, LineComponent.class, LaneUrge.class},
    configurationPid = SendingConfiguration.PID)
@Designate(ocd = SendingConfiguration.class)
public final class LineComponent implements MetricSource, HealthCheck, LaneUrge {

  private final VersionBook book;
  private final SendingLine line;
  private final RatePublisher rates;

  /** Starts the line. */
  @Activate
  public LineComponent(
      SendingConfiguration configuration,
      @Reference Transactions transactions,
      @Reference Leases leases,
      @Reference Epochs epochs,
      @Reference EventLog events,
      @Reference PlatformKeys keys,
      @Reference TenantService tenants,
      @Reference MailboxService mailboxes,
      @Reference MailboxFallbacks fallbacks,
      @Reference DkimKeys dkimKeys,
      @Reference ReturnPathHosts returnPathHosts,
      @Reference LinkHosts linkHosts,
      @Reference Signatures signatures,
      @Reference CampaignService campaigns,
      @Reference CampaignContents contents,
      @Reference TenantPermissions permissions,
      @Reference SuppressionService suppressions,
      @Reference MessageContents messageContents,
      @Reference PeopleMail peopleMail,
      @Reference(target = "(area=sending)") Schema schema) {
    Clock clock = Clock.systemUTC();
    RateMeter meter = new RateMeter();
    this.book = new VersionBook(transactions, epochs, tenants, events, clock);
    LineNeighbours neighbours =
        new LineNeighbours(
            transactions,
            epochs,
            tenants,
            mailboxes,
            fallbacks,
            dkimKeys,
            signatures,
            contents,
            new LinkTokens(keys),
            new EnvelopeSenders(returnPathHosts, new ReturnPathTokens(keys)),
            linkHosts,
            new Completion(transactions, campaigns),
            book,
            new ClaimGate(permissions, suppressions, events),
            meter,
            new SystemLetters(
                transactions, peopleMail, messageContents, configuration.public_base__url()),
            configuration.public_base__url());
    LineSettings settings =
        LineSettings.of(window(configuration.window())).with(throttle(configuration));
    this.line = new SendingLine(neighbours, leases, events, clock, settings);
    this.rates =
        new RatePublisher(transactions, meter, line::inFlight, leases.nodeId(), clock).start();
  }

  private static ThrottleSettings throttle(SendingConfiguration configuration) {
    return new ThrottleSettings(
        caps("domain.caps", configuration.domain_caps()),
        caps("domain.caps.blind", configuration.domain_caps_blind()),
        failoverAfter(configuration.failover_after()));
  }

  private static Duration failoverAfter(int configured) {
    if (configured < 1 || configured > 86_400) {
      throw new IllegalArgumentException(
          "failover.after in etc/io.rookery.sending.cfg must be from 1 to 86400 seconds, not "
              + configured);
    }
    return Duration.ofSeconds(configured);
  }

  private static DomainCaps caps(String name, String configured) {
    try {
      return DomainCaps.of(configured);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + " in etc/io.rookery.sending.cfg: " + e.getMessage(), e);
    }
  }

  private static int window(int configured) {
    if (configured < 4 || configured > 1000) {
      throw new IllegalArgumentException(
          "window in etc/io.rookery.sending.cfg must be from 4 to 1000, not " + configured);
    }
    return configured;
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindBackend(EmailBackend backend, Map<String, Object> properties) {
    line.add(backend, text(properties, "backend"), text(properties, "version"));
  }

  void unbindBackend(EmailBackend backend) {
    line.remove(backend);
  }

  private static String text(Map<String, Object> properties, String name) {
    Object value = properties.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "A mail backend is registered without the property " + name);
    }
    return value.toString();
  }

  @Deactivate
  void stop() {
    line.close();
    rates.close();
  }

  /** Returns which versions of backends tenants are to use. */
  VersionBook book() {
    return book;
  }

  @Override
  public void urge(UUID tenantId, List<UUID> laneIds) {
    line.urge(tenantId, laneIds);
  }

  /** Returns the backends that are installed on this node. */
  List<BackendVersions.Installed> installed() {
    return line.installed();
  }

  @Override
  public List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (Outcome.Status status : Outcome.Status.values()) {
      samples.add(
          new Sample(
              "rookery_message_outcomes_total",
              "Outcomes that mail backends told this node",
              true,
              Map.of("outcome", status.name().toLowerCase(Locale.ROOT)),
              line.count(status)));
    }
    samples.add(
        gauge("rookery_sending_lanes", "Lanes that have their turn on this node", line.lanes()));
    samples.add(
        gauge(
            "rookery_sending_scarce_servers",
            "Mail servers that take less than is there for them, so that messages wait here",
            line.scarceServers()));
    samples.add(
        gauge("rookery_sending_slots", "Messages given away without a record", line.slots()));
    samples.addAll(pacing(line.pacing()));
    return samples;
  }

  private static List<Sample> pacing(PacingFigures figures) {
    return List.of(
        gauge(
            "rookery_sending_throttles",
            "Rates that receivers have slowed down, of lanes at work on this node",
            figures.limits()),
        gauge(
            "rookery_sending_circuits_open",
            "Servers of mailboxes that this node cannot reach",
            figures.open().size()),
        counter("rookery_sending_slowdowns_total", "Times that a rate was cut", figures.cuts()),
        counter(
            "rookery_messages_put_off_total",
            "Messages put off as their recipient's domain had no room",
            figures.moved()));
  }

  private static Sample counter(String name, String help, double value) {
    return new Sample(name, help, true, Map.of(), value);
  }

  private static Sample gauge(String name, String help, double value) {
    return new Sample(name, help, false, Map.of(), value);
  }

  @Override
  public String name() {
    return "sending";
  }

  @Override
  public Health check() {
    return new Health(true, line.lanes() + " lanes at work");
  }
}
