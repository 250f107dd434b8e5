// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.https;

import io.rookery.api.certificates.ServerKey;
import io.rookery.api.certificates.ServerKeys;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Chooses by the name that a client asks for (RFC 6066 §3). Whoever asks for none, or for one
 * without a certificate, gets none, and the handshake fails. An alias is the name and the serial
 * number, as a certificate may be replaced while a handshake is under way. Thread-safe.
 */
final class SniKeys extends X509ExtendedKeyManager {

  private final ServerKeys keys;

  SniKeys(ServerKeys keys) {
    this.keys = keys;
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    SSLSession session = engine.getHandshakeSession();
    if (!(session instanceof ExtendedSSLSession asked)) {
      return null;
    }
    return name(asked.getRequestedServerNames())
        .flatMap(name -> keys.find(name).filter(key -> fits(key, type)).map(k -> alias(name, k)))
        .orElse(null);
  }

  /** Returns the name that a client asked for, in lower case. */
  static Optional<String> name(List<SNIServerName> names) {
    return names.stream()
        .filter(SNIHostName.class::isInstance)
        .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  /** Types are such as EC or EC_RSA: what the key is, and who signed its certificate. */
  private static boolean fits(ServerKey key, String type) {
    return type.split("_", 2)[0].equals(key.key().getAlgorithm());
  }

  private static String alias(String name, ServerKey key) {
    return name + " " + key.certificate().getSerialNumber().toString(16);
  }

  private Optional<ServerKey> known(String alias) {
    int space = alias == null ? -1 : alias.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String name = alias.substring(0, space);
    return keys.find(name).filter(key -> alias(name, key).equals(alias));
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return known(alias).map(key -> key.chain().toArray(new X509Certificate[0])).orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return known(alias).map(ServerKey::key).orElse(null);
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return null;
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return null;
  }
}
