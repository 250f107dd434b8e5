// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import io.rookery.api.hosts.HostKey;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.signature.Signature;

/** Names host keys, and asks servers for a kind of them. */
final class HostKeys {

  /** Kinds that a server may have keys of, the one to be preferred first. */
  static final List<String> TYPES =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "ssh-rsa");

  private HostKeys() {}

  static HostKey of(PublicKey key) {
    return new HostKey(
        KeyUtils.getKeyType(key), KeyUtils.getFingerPrint(BuiltinDigests.sha256, key));
  }

  /** Puts the algorithms of one kind first, for a server shows a key of the first that it has. */
  static List<NamedFactory<Signature>> preferring(
      String type, List<NamedFactory<Signature>> algorithms) {
    String start = type.equals("ssh-rsa") ? "rsa-sha2-" : type;
    return java.util.stream.Stream.concat(
            algorithms.stream().filter(it -> it.getName().startsWith(start)),
            algorithms.stream().filter(it -> !it.getName().startsWith(start)))
        .toList();
  }
}
