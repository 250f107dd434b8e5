// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.contacts.EmailAddresses;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The host that the platform's links lead to, read where sending reads it. */
@Component(service = PublicAddress.class, configurationPid = PublicAddress.PID)
public final class PublicAddress {

  static final String PID = "io.rookery.sending";

  private final String url;
  private final Optional<String> host;

  /** Reads the configuration. */
  @Activate
  public PublicAddress(Settings settings) {
    this(settings.public_base__url());
  }

  private PublicAddress(String url) {
    this.url = url.replaceAll("/+$", "");
    this.host = host(url);
  }

  /** The address itself. */
  public static PublicAddress of(String url) {
    return new PublicAddress(url);
  }

  /** The one key of that PID that matters here. */
  @interface Settings {

    /** Where the links in mails lead; {@code public.base_url}. */
    String public_base__url() default "http://127.0.0.1:8181";
  }

  /** A name that only this machine or network knows is nothing to point a CNAME at. */
  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost())
          .flatMap(EmailAddresses::domain)
          .filter(name -> !DomainNames.isAddress(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the host as the address has it, in lower case, or empty where it has none. */
  public Optional<String> authority() {
    try {
      return Optional.ofNullable(URI.create(url).getHost()).map(h -> h.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the port of HTTPS where the address has one of its own, else -1. */
  public int port() {
    try {
      return url.startsWith("https://") ? URI.create(url).getPort() : -1;
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  /** Returns the whole address without a slash at its end. */
  public String url() {
    return url;
  }

  /** Returns the host, or empty where it is none that others could point to. */
  public Optional<String> host() {
    return host;
  }
}
