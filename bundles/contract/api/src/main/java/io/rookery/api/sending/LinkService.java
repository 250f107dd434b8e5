// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import java.net.URI;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the links in mails do. A token names its tenant and message and carries a code that only we
 * can make; a token that is broken, foreign or of another purpose is as good as none, and so is one
 * that comes under the host of another tenant. Works while the secret store is sealed and after the
 * tenant is suspended. Thread-safe.
 */
@ProviderType
public interface LinkService {

  /** Records a click and returns where it leads; nothing is recorded of one that leads nowhere. */
  Click click(Visit visit);

  /** Returns where a click would lead, and records nothing. */
  Click look(Visit visit);

  /** Records an open; does nothing for an unknown token, and for mail whose links were killed. */
  void open(Visit visit);

  /** Returns whom an unsubscribe token stands for, or empty for an unknown token. */
  Optional<Recipient> recipient(Visit visit);

  /**
   * Suppresses the recipient for the tenant at once. Repeating changes nothing.
   *
   * @return whether the token was known
   */
  boolean unsubscribe(Visit visit, Manner manner);

  /**
   * What somebody brings who follows a link; anything may come.
   *
   * @param token what stands in the path
   * @param host the field Host as it came, or null
   */
  record Visit(String token, String host) {}

  /**
   * What came of a click.
   *
   * @param target http or https with a host, or null where it leads nowhere
   */
  record Click(Outcome outcome, URI target) {

    /** No such link. */
    public static final Click UNKNOWN = new Click(Outcome.UNKNOWN, null);

    /** The link was killed. */
    public static final Click DEAD = new Click(Outcome.DEAD, null);

    /** Whether a click leads anywhere. */
    public enum Outcome {
      /** It leads to the target. */
      LEADS_ON,
      /** It was killed. */
      DEAD,
      /** There is no such link. */
      UNKNOWN
    }

    /** Checks that exactly what leads on has a target. */
    public Click {
      if ((outcome == Outcome.LEADS_ON) != (target != null)) {
        throw new IllegalArgumentException("A click that leads on has a target, others have none");
      }
    }

    /** Returns a click that leads to a target. */
    public static Click to(URI target) {
      return new Click(Outcome.LEADS_ON, target);
    }
  }

  /** How somebody unsubscribed. */
  enum Manner {
    /** The receiver's own button (RFC 8058). */
    ONE_CLICK,
    /** The button on our page. */
    PAGE
  }

  /** Who unsubscribes from whom; the address is shown shortened. */
  record Recipient(String tenantName, String shortenedAddress, boolean alreadySuppressed) {}
}
