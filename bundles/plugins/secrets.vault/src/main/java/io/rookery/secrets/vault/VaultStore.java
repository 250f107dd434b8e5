// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.SecretTransfer;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.SignInWatch;
import io.rookery.spi.secrets.StoreStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Keeps secrets in the KV engine, version 2, of HashiCorp Vault, HCP Vault or OpenBao. Does nothing
 * until it is first used. Reads, lists and changes of named versions are made again after a quick
 * failure; a write and a purge are not, as another's write may have come in between.
 */
@Component(
    service = SecretStore.class,
    configurationPid = VaultConfiguration.PID,
    property = {"store=vault", "version=1"})
@Designate(ocd = VaultConfiguration.class)
public class VaultStore implements SecretStore, SecretTransfer {

  /** Nothing stands there; whether we are let look at it is what matters. */
  private static final SecretPath PROBE = SecretPath.platform("probe");

  private final Kv kv;
  private final Line line;
  private final Guard guard;
  private final SignIn signIn;
  private final Clock clock;
  private final String name;
  private final AtomicReference<SignInWatch> watch = new AtomicReference<>();
  private final Restoring restoring = new Restoring(this);

  /** Takes the configuration; connects once it is first used. */
  @Activate
  public VaultStore(VaultConfiguration configuration, BundleContext bundle) {
    this(configuration, bundle, "vault");
  }

  VaultStore(VaultConfiguration configuration, BundleContext bundle, String name) {
    this(
        Server.of(configuration, base(bundle)),
        Access.of(configuration, base(bundle)),
        Clock.systemUTC(),
        name);
  }

  VaultStore(Server server, Access access, Clock clock) {
    this(server, access, clock, "vault");
  }

  private VaultStore(Server server, Access access, Clock clock, String name) {
    this.kv = new Kv(access.mount());
    this.line = new Line(server);
    this.guard = new Guard(server, new Breaker());
    Credentials credentials = new Credentials(access, access.folder(), guard, clock);
    this.signIn = new SignIn(access, credentials, line, guard, server.timeout());
    signIn.watch(this::refused);
    this.clock = clock;
    this.name = name;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addWatch(SignInWatch added) {
    watch.set(added);
  }

  void removeWatch(SignInWatch removed) {
    watch.compareAndSet(removed, null);
  }

  private void refused() {
    SignInWatch present = watch.get();
    if (present != null) {
      present.refused(name);
    }
  }

  static Path base(BundleContext bundle) {
    String base = bundle.getProperty("karaf.data");
    return Path.of(base == null ? "." : base);
  }

  /** A request under a token. */
  private interface Request {
    Answer send(Wire wire, Secret token) throws Exception;
  }

  @Override
  public StoreStatus status() {
    try {
      ask(true, (wire, token) -> kv.metadata(wire, token, PROBE));
      return StoreStatus.READY;
    } catch (SecretStoreException e) {
      return e.kind() == Kind.SEALED ? StoreStatus.SEALED : StoreStatus.UNREACHABLE;
    }
  }

  @Override
  public Optional<SecretVersion> read(SecretPath path, int version) {
    Answer answer = ask(true, (wire, token) -> kv.read(wire, token, path, version));
    return answer.absent() ? Optional.empty() : Optional.of(Parsing.version(path, answer));
  }

  @Override
  public int write(SecretPath path, SecretData data, int check) {
    Answer answer = ask(false, (wire, token) -> kv.write(wire, token, path, data, check));
    return Parsing.written(path, answer);
  }

  @Override
  public void delete(SecretPath path, Set<Integer> versions) {
    change("delete", path, versions);
  }

  @Override
  public void undelete(SecretPath path, Set<Integer> versions) {
    change("undelete", path, versions);
  }

  @Override
  public void destroy(SecretPath path, Set<Integer> versions) {
    change("destroy", path, versions);
  }

  private void change(String operation, SecretPath path, Set<Integer> versions) {
    if (!versions.isEmpty()) {
      ask(true, (wire, token) -> kv.change(wire, token, operation, path, versions));
    }
  }

  @Override
  public Optional<SecretMetadata> metadata(SecretPath path) {
    Answer answer = ask(true, (wire, token) -> kv.metadata(wire, token, path));
    return answer.absent() ? Optional.empty() : Parsing.metadata(path, answer, clock.instant());
  }

  @Override
  public void purge(SecretPath path) {
    ask(false, (wire, token) -> kv.purge(wire, token, path));
  }

  @Override
  public List<SecretPath> list(SecretPath folder) {
    List<SecretPath> found = new ArrayList<>();
    Deque<String> folders = new ArrayDeque<>(List.of(folder.value()));
    while (!folders.isEmpty()) {
      String next = folders.pop();
      for (String name : Kv.names(ask(true, (wire, token) -> kv.list(wire, token, next)))) {
        if (name.endsWith("/")) {
          folders.push(next + "/" + name.substring(0, name.length() - 1));
        } else {
          found.add(new SecretPath(next + "/" + name));
        }
      }
    }
    Collections.sort(found);
    return found;
  }

  @Override
  public List<UUID> tenants() {
    List<UUID> tenants = new ArrayList<>();
    for (String name : Kv.names(ask(true, (wire, token) -> kv.list(wire, token, "tenants")))) {
      if (name.endsWith("/")) {
        tenants.add(new SecretPath("tenants/" + name.substring(0, name.length() - 1)).tenantId());
      }
    }
    tenants.sort(Comparator.comparing(UUID::toString));
    return tenants;
  }

  @Override
  public Optional<SecretData> deletedData(SecretPath path, int version) {
    return restoring.deletedData(path, version);
  }

  @Override
  public void restore(SecretPath path, SecretMetadata.Version version, SecretData data) {
    restoring.restore(path, version, data);
  }

  /**
   * Sends a request, once more under a new token where the present one is dead. Returns an answer
   * that did what was asked, or that says that there is nothing.
   */
  private Answer ask(boolean repeatable, Request request) {
    Token token = signIn.token();
    try {
      return ask(repeatable, request, token);
    } catch (TokenRefusedException e) {
      if (!signIn.dead(token)) {
        throw e;
      }
      return ask(repeatable, request, signIn.replace(token));
    }
  }

  private Answer ask(boolean repeatable, Request request, Token token) {
    Wire wire = line.wire();
    Guard.Call<Answer> call =
        () -> {
          Answer answer = request.send(wire, token.value());
          return answer.absent() ? answer : guard.require(answer);
        };
    return repeatable ? guard.repeatable(call) : guard.once(call);
  }

  /** Gives the token back and closes the connection. */
  @Deactivate
  public void close() {
    signIn.close();
    line.close();
  }
}
