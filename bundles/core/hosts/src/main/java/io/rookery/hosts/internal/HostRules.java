// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal;

import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostKey;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the fields of a host may hold. */
final class HostRules {

  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9:]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9:.])?");
  private static final Pattern FINGERPRINT = Pattern.compile(HostKey.FORM);

  private HostRules() {}

  /** Checks a new host, or a change, in which what is null stays. */
  static void check(HostData data, boolean whole) {
    List<FieldError> errors = new ArrayList<>();
    boolean named = data.name() != null && NAME.matcher(data.name()).matches();
    if ((whole || data.name() != null) && (!named || data.name().isBlank())) {
      errors.add(new FieldError("/name", "1 to 100 characters in one line"));
    }
    boolean placed = data.address() != null && ADDRESS.matcher(data.address()).matches();
    if ((whole || data.address() != null) && !placed) {
      errors.add(new FieldError("/address", "A host name or an IP address"));
    }
    if (data.port() != null && (data.port() < 1 || data.port() > 65535)) {
      errors.add(new FieldError("/port", "From 1 to 65535"));
    }
    if (data.fingerprint() != null && !FINGERPRINT.matcher(data.fingerprint()).matches()) {
      errors.add(new FieldError("/fingerprint", FORM));
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }

  private static final String FORM =
      "SHA256: and 43 characters, as ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub prints it";

  /** Refuses what is no fingerprint. */
  static void checkFingerprint(String fingerprint) {
    if (fingerprint == null || !FINGERPRINT.matcher(fingerprint).matches()) {
      throw RookeryException.invalid("/fingerprint", FORM);
    }
  }
}
