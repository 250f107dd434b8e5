// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a name; of its own so that a test can change its mind. */
@FunctionalInterface
interface Resolver {

  /** Returns at least one address. */
  InetAddress[] resolve(String host) throws UnknownHostException;
}
