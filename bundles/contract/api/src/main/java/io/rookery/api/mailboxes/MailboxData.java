// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.spi.plugin.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is said of a mailbox; null leaves a field as it is.
 *
 * @param address its address
 * @param displayName the name shown in From, at most 200 characters without control characters
 * @param backend the backend's name, such as {@code smtp}
 * @param settings values of the backend's settings
 * @param secrets values of its secret settings, on their way to the store
 * @param dailyLimit how many messages in any 24 hours, 1 to 1,000,000; 50 by default
 * @param minimumGapMillis the least time between two messages, 0 by default
 * @param whenInDoubt what becomes of messages in doubt; resent by default
 * @param ramp how its limit rises, from day 1 where it differs from what it had; empty for none,
 *     which is the default
 * @param workspaceId the workspace that it is in; a new one is in the main one unless said
 *     otherwise
 */
public record MailboxData(
    String address,
    String displayName,
    String backend,
    Map<String, String> settings,
    Map<String, Secret> secrets,
    Integer dailyLimit,
    Long minimumGapMillis,
    WhenInDoubt whenInDoubt,
    Optional<Ramp> ramp,
    UUID workspaceId) {

  /** Says nothing of a workspace. */
  public MailboxData(
      String address,
      String displayName,
      String backend,
      Map<String, String> settings,
      Map<String, Secret> secrets,
      Integer dailyLimit,
      Long minimumGapMillis,
      WhenInDoubt whenInDoubt,
      Optional<Ramp> ramp) {
    this(
        address,
        displayName,
        backend,
        settings,
        secrets,
        dailyLimit,
        minimumGapMillis,
        whenInDoubt,
        ramp,
        null);
  }

  /** Says nothing of a ramp. */
  public MailboxData(
      String address,
      String displayName,
      String backend,
      Map<String, String> settings,
      Map<String, Secret> secrets,
      Integer dailyLimit,
      Long minimumGapMillis,
      WhenInDoubt whenInDoubt) {
    this(
        address,
        displayName,
        backend,
        settings,
        secrets,
        dailyLimit,
        minimumGapMillis,
        whenInDoubt,
        null);
  }

  /** Returns the same with a ramp, or with none where it is null. */
  public MailboxData withRamp(Ramp wanted) {
    return new MailboxData(
        address,
        displayName,
        backend,
        settings,
        secrets,
        dailyLimit,
        minimumGapMillis,
        whenInDoubt,
        Optional.ofNullable(wanted),
        workspaceId);
  }

  /** Returns the same in a workspace. */
  public MailboxData in(UUID workspace) {
    return new MailboxData(
        address,
        displayName,
        backend,
        settings,
        secrets,
        dailyLimit,
        minimumGapMillis,
        whenInDoubt,
        ramp,
        workspace);
  }

  /** What becomes of a message whose final answer was lost with the connection. */
  public enum WhenInDoubt {
    /** It is tried again soon: none is lost, and a server that took it has it twice. */
    RESEND,
    /** It is kept as in doubt until somebody decides: none comes twice. */
    HOLD
  }
}
