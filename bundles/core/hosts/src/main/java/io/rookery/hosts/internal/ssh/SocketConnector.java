// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;

/** Gives a client of MINA SSHD one connection: the one that the egress guard has made for it. */
final class SocketConnector extends AbstractCloseable implements IoConnector, IoServiceFactory {

  private final Socket socket;
  private final Executor readers;
  private IoHandler handler;

  private SocketConnector(Socket socket, Executor readers) {
    this.socket = socket;
    this.readers = readers;
  }

  /** Returns what makes a client use this socket and read from it in one of the executor's. */
  static IoServiceFactoryFactory over(Socket socket, Executor readers) {
    SocketConnector connector = new SocketConnector(socket, readers);
    return new IoServiceFactoryFactory() {
      @Override
      public IoServiceFactory create(FactoryManager manager) {
        return connector;
      }

      @Override
      public void setExecutorServiceFactory(
          org.apache.sshd.common.Factory<
                  org.apache.sshd.common.util.threads.CloseableExecutorService>
              factory) {
        // The connection has its thread already.
      }
    };
  }

  @Override
  public IoConnector createConnector(IoHandler wanted) {
    handler = wanted;
    return this;
  }

  @Override
  public IoAcceptor createAcceptor(IoHandler wanted) {
    throw new UnsupportedOperationException("Nothing is listened to");
  }

  @Override
  public IoConnectFuture connect(
      SocketAddress address, AttributeRepository context, SocketAddress local) {
    DefaultIoConnectFuture future = new DefaultIoConnectFuture(address, null);
    SocketSession session = new SocketSession(this, handler, socket);
    try {
      if (context != null) {
        session.setAttribute(AttributeRepository.class, context);
      }
      handler.sessionCreated(session);
      readers.execute(session::read); // Before it is said to be connected: it may be refused.
      future.setSession(session);
    } catch (Exception e) {
      session.close(true);
      future.setException(e);
    }
    return future;
  }

  @Override
  public Map<Long, IoSession> getManagedSessions() {
    return Map.of();
  }

  @Override
  public IoServiceEventListener getIoServiceEventListener() {
    return null;
  }

  @Override
  public void setIoServiceEventListener(IoServiceEventListener listener) {
    // Nobody listens.
  }
}
