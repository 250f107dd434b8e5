// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.api.sending.SendingService.Message;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Messages that were refused for good or given up, and those in doubt. A context in test mode sees
 * and requeues messages made in test mode alone. Thread-safe.
 */
@ProviderType
public interface DeadLetters {

  /** Returns dead letters, newest first. */
  Page<Message> list(TenantContext context, Filter filter, PageRequest page);

  /**
   * Returns why they died, the 100 most frequent reasons, most frequent first; counted among the
   * {@link SendingQueue#COUNTED} newest.
   */
  List<Reason> reasons(TenantContext context, Filter filter);

  /**
   * Puts all dead letters that a filter finds into the queue again with all tries, in a background
   * job; at most once per idempotency key of the context. Those that die while the job runs are
   * left alone, as are those whose content is no longer kept. Leaves {@code dead_letters.requeued}
   * with how many there were.
   *
   * @return the job's id
   * @throws io.rookery.kernel.RookeryException {@code not_found} where the tenant has no such
   *     campaign or mailbox
   */
  UUID requeue(TenantContext context, Filter filter);

  /** Which kind of ended messages. */
  enum Kind {
    /** Refused for good, or all tries used. */
    FAILED,
    /** Given away without a final answer; requeued it may arrive twice. */
    IN_DOUBT
  }

  /**
   * Which dead letters; null parts do not narrow.
   *
   * @param kind null for {@code FAILED}
   * @param code the last reply's code; 0 where nothing was said
   * @param enhancedCode the last reply's enhanced status code; empty where none was told
   */
  record Filter(Kind kind, UUID campaignId, UUID mailboxId, Integer code, String enhancedCode) {

    /** All that failed. */
    public static final Filter ALL = new Filter(Kind.FAILED, null, null, null, null);

    /** Fills the kind in. */
    public Filter {
      kind = kind == null ? Kind.FAILED : kind;
    }
  }

  /**
   * Why messages died.
   *
   * @param enhancedCode null where none was told
   * @param detail what was said of one of them, or our own reason
   * @param newest the id of the newest of them
   */
  record Reason(int code, String enhancedCode, String detail, long count, UUID newest) {}
}
