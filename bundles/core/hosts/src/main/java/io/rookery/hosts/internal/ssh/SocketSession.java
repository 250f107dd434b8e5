// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;

/**
 * Carries SSH over a socket that is connected already. Writes block: what we say to a host is a few
 * kilobytes, which its buffers take. Of a host that takes nothing, the line's limit gets rid.
 */
final class SocketSession extends AbstractCloseable implements IoSession {

  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.incrementAndGet();
  private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
  private final Object writing = new Object();
  private final IoService service;
  private final IoHandler handler;
  private final Socket socket;

  SocketSession(IoService service, IoHandler handler, Socket socket) {
    this.service = service;
    this.handler = handler;
    this.socket = socket;
  }

  /** Hands over what the host says until it ends. */
  void read() {
    byte[] room = new byte[32 * 1024];
    try {
      InputStream in = socket.getInputStream();
      for (int length = in.read(room); length >= 0; length = in.read(room)) {
        handler.messageReceived(this, new ByteArrayBuffer(room, 0, length));
      }
    } catch (Exception e) {
      tell(e);
    } finally {
      close(true);
    }
  }

  private void tell(Exception e) {
    try {
      if (!isClosing()) {
        handler.exceptionCaught(this, e);
      }
    } catch (Exception more) {
      e.addSuppressed(more);
    }
  }

  @Override
  public IoWriteFuture writeBuffer(Buffer buffer) throws IOException {
    synchronized (writing) {
      socket.getOutputStream().write(buffer.array(), buffer.rpos(), buffer.available());
    }
    return AbstractIoWriteFuture.fulfilled(id, Boolean.TRUE);
  }

  @Override
  protected void doCloseImmediately() {
    try {
      socket.close();
      handler.sessionClosed(this);
    } catch (Exception e) {
      log.debug("A connection did not close well: {}", e.toString());
    }
    super.doCloseImmediately();
  }

  @Override
  public long getId() {
    return id;
  }

  @Override
  public SocketAddress getAcceptanceAddress() {
    return null;
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return socket.getRemoteSocketAddress();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return socket.getLocalSocketAddress();
  }

  @Override
  public Object getAttribute(Object key) {
    return attributes.get(key);
  }

  @Override
  public Object setAttribute(Object key, Object value) {
    return attributes.put(key, value);
  }

  @Override
  public Object setAttributeIfAbsent(Object key, Object value) {
    return attributes.putIfAbsent(key, value);
  }

  @Override
  public Object removeAttribute(Object key) {
    return attributes.remove(key);
  }

  @Override
  public IoService getService() {
    return service;
  }

  @Override
  public void shutdownOutputStream() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void suspendRead() {
    // Wanted for forwarded ports alone, of which there are none.
  }

  @Override
  public void resumeRead() {
    // See suspendRead.
  }
}
