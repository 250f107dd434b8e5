// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

/**
 * Notices a transaction that is begun inside another one. Keeps no tenant, only that there is one.
 */
final class Nesting implements AutoCloseable {

  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

  /** Marks this thread until closed. */
  Nesting enter() {
    if (inside.get() != null) {
      throw new IllegalStateException(
          "This thread is inside a transaction already; take its Tx instead of beginning another");
    }
    inside.set(Boolean.TRUE);
    return this;
  }

  @Override
  public void close() {
    inside.remove();
  }
}
