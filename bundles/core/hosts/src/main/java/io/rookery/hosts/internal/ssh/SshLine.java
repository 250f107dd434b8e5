// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.HostKey;
import io.rookery.kernel.RookeryException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSession.ClientSessionEvent;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** A connection to a host. For one thread at a time. */
public final class SshLine implements AutoCloseable {

  private static final Duration LONGEST_COMMAND = Duration.ofSeconds(30);
  private static final String NOBODY = "rookery";

  private final SshTarget target;
  private final Socket socket;
  private final Duration patience;
  private final SshClient client;
  private volatile PublicKey shown;
  private volatile boolean looking;
  private final Means means;
  private SocketLimit limit;
  private ClientSession session;

  /**
   * What connections share.
   *
   * @param patience how long each step of signing in may take
   * @param longest after how long a connection ends, whatever is done by it
   */
  record Means(
      Executor readers, ScheduledExecutorService timer, Duration patience, Duration longest) {}

  SshLine(SshTarget target, Socket socket, Means means) {
    this.target = target;
    this.socket = socket;
    this.means = means;
    this.patience = means.patience();
    this.client = client();
  }

  /** A client that knows nothing of the account that the platform runs under. */
  private SshClient client() {
    SshClient made = SshClient.setUpDefaultClient();
    made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    made.setIoServiceFactoryFactory(SocketConnector.over(socket, means.readers()));
    made.setScheduledExecutorService(means.timer(), false);
    made.setServerKeyVerifier((peer, address, key) -> isPinned(key));
    return made;
  }

  private boolean isPinned(PublicKey key) {
    shown = key;
    return looking || HostKeys.of(key).fingerprint().equals(target.pinned().fingerprint());
  }

  /** Returns the host key of a kind that the server shows, or another one where it has none. */
  HostKey look(String type) throws IOException {
    looking = true;
    begin(type, NOBODY);
    session.waitFor(EnumSet.of(ClientSessionEvent.CLOSED, ClientSessionEvent.WAIT_AUTH), patience);
    if (shown == null) {
      throw new IOException("No SSH server answers there");
    }
    return HostKeys.of(shown);
  }

  void signIn(String type, SshLogin login) throws IOException {
    begin(type, login.user());
    try {
      present(login);
      session.auth().verify(patience);
    } catch (SshException e) {
      throw refused(e);
    }
  }

  private void begin(String type, String user) throws IOException {
    limit = SocketLimit.of(means.timer(), socket, means.longest());
    client.setSignatureFactories(HostKeys.preferring(type, client.getSignatureFactories()));
    client.start();
    session =
        client
            .connect(user, socket.getRemoteSocketAddress(), null, null)
            .verify(patience)
            .getSession();
  }

  private void present(SshLogin login) {
    if (login.key() != null) {
      session.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
      session.addPublicKeyIdentity(login.key());
    } else {
      session.setUserAuthFactories(
          List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE));
      session.addPasswordIdentity(login.password().reveal());
    }
  }

  /**
   * Only a host that has said that it takes nothing of what was shown to it has refused; one that
   * says nothing, or ends the connection, has not (RFC 4252 §5.1, RFC 4253 §11.1).
   */
  private RookeryException refused(SshException e) throws SshException {
    if (shown == null) {
      throw e;
    }
    HostKey now = HostKeys.of(shown);
    if (!now.fingerprint().equals(target.pinned().fingerprint())) {
      return SshFailures.changed(target, now);
    }
    if (e.getDisconnectCode() != SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
      throw e;
    }
    return new RookeryException(HostErrors.LOGIN_REFUSED, SshFailures.LOGIN, e);
  }

  /**
   * What a command came to.
   *
   * @param status its exit status, or -1 where the host gave none
   */
  public record Result(int status, String output, String errors) {}

  /**
   * Runs a script by the host's POSIX shell. It goes by standard input, so that no login shell
   * takes part in reading it.
   */
  public Result run(String script) {
    try (ChannelExec channel = session.createExecChannel("/bin/sh -s")) {
      BoundedBytes output = new BoundedBytes();
      BoundedBytes errors = new BoundedBytes();
      channel.setOut(output);
      channel.setErr(errors);
      channel.open().verify(patience);
      try (OutputStream input = channel.getInvertedIn()) {
        input.write(script.getBytes(StandardCharsets.UTF_8));
      }
      if (channel
          .waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LONGEST_COMMAND)
          .contains(ClientChannelEvent.TIMEOUT)) {
        throw new IOException("The host did not do it within " + LONGEST_COMMAND);
      }
      Integer status = channel.getExitStatus();
      return new Result(status == null ? -1 : status, output.text(), errors.text());
    } catch (IOException e) {
      throw SshFailures.of(target, e);
    }
  }

  @Override
  public void close() {
    try {
      if (session != null) {
        session.close(true);
      }
      client.stop();
      socket.close();
    } catch (IOException e) {
      throw SshFailures.of(target, e);
    } finally {
      if (limit != null) {
        limit.close();
      }
    }
  }
}
