// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.api.tenancy.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells from which address a request comes: from the peer of its connection or, where that is a
 * proxy of the operator's, from the right-most entry of X-Forwarded-For that is none. What stands
 * to the left of that entry the client may have written itself, and so may everything where the
 * peer is no such proxy. Thread-safe.
 */
public final class SourceAddresses {

  private static final Logger LOG = LoggerFactory.getLogger(SourceAddresses.class);

  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private static final Pattern INTERFACE = Pattern.compile("%[A-Za-z0-9._-]+$");

  private final List<AddressRange> trusted;

  /** Trusts nobody. */
  public SourceAddresses() {
    this(List.of());
  }

  /** Trusts the proxies of these ranges to write whom they speak for. */
  public SourceAddresses(List<AddressRange> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** Reads ranges, of which several may stand in one text; one that is wrong is not trusted. */
  public static SourceAddresses of(String... ranges) {
    List<AddressRange> trusted = new ArrayList<>();
    for (String text : String.join(",", ranges).split(",")) {
      Optional<AddressRange> range = AddressRange.parse(text.strip());
      range.ifPresent(trusted::add);
      if (range.isEmpty() && !text.isBlank()) {
        LOG.error("{} is no address and no range, so no proxy is trusted by it", text.strip());
      }
    }
    return new SourceAddresses(trusted);
  }

  /**
   * Returns where a request comes from, or null where the peer's address cannot be read.
   *
   * @param peer the address of the peer
   * @param forwarded the values of the X-Forwarded-For headers in their order; not null
   */
  public InetAddress of(String peer, List<String> forwarded) {
    InetAddress source = read(peer).orElse(null);
    List<String> entries = Arrays.asList(String.join(",", forwarded).split(","));
    for (int i = entries.size() - 1; i >= 0 && source != null && trusts(source); i--) {
      Optional<InetAddress> before = read(entries.get(i).strip());
      if (before.isEmpty()) {
        // A proxy that does not know whom it speaks for is all that is known.
        return source;
      }
      source = before.get();
    }
    return source;
  }

  /** Returns whether a peer is a proxy of the operator's, whose word is taken. */
  public boolean trusts(String peer) {
    return read(peer).filter(this::trusts).isPresent();
  }

  private boolean trusts(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  /** Reads an address that may stand in brackets, name an interface or have a port. */
  private static Optional<InetAddress> read(String text) {
    String host = text == null ? "" : text;
    if (host.startsWith("[")) {
      host = host.substring(1, Math.max(1, host.indexOf(']')));
    } else if (host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':')) {
      host = PORT.matcher(host).replaceFirst("");
    }
    if (host.indexOf('%') >= 0) {
      host = INTERFACE.matcher(host).replaceFirst("");
    }
    return AddressRange.address(host);
  }
}
