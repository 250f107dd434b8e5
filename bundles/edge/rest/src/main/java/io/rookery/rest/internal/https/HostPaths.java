// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.https;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.ExtendedSSLSession;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Shows links alone under tenants' hosts: the API and the platform's pages are at the public
 * address only, so that nobody signs in under a name that is a tenant's.
 */
final class HostPaths implements Filter {

  /** Where Jetty keeps the session of TLS. */
  static final String SESSION = "org.eclipse.jetty.servlet.request.ssl_session";

  /** The connection was made for another host (RFC 9110 §15.5.20). */
  private static final int MISDIRECTED = 421;

  private final String own;

  /** Everything is shown at the host of the public address. */
  HostPaths(String publicAddress) {
    this.own = host(publicAddress);
  }

  private static String host(String address) {
    try {
      String host = URI.create(address).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public void init(FilterConfig configuration) {
    // It is made with all that it needs.
  }

  @Override
  public void destroy() {
    // It keeps nothing.
  }

  @Override
  public void doFilter(ServletRequest asked, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) asked;
    String host = request.getServerName().toLowerCase(Locale.ROOT);
    // As the container has understood it: dots and escapes are gone from it.
    String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    if (!host.equals(name(request))) {
      ((HttpServletResponse) answer).setStatus(MISDIRECTED);
    } else if (host.equals(own) || path.startsWith("/t/") || path.startsWith("/u/")) {
      chain.doFilter(asked, answer);
    } else {
      ((HttpServletResponse) answer).setStatus(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  /** Returns the name that the connection was made for, or null. */
  private static String name(HttpServletRequest request) {
    return request.getAttribute(SESSION) instanceof ExtendedSSLSession session
        ? SniKeys.name(session.getRequestedServerNames()).orElse(null)
        : null;
  }
}
