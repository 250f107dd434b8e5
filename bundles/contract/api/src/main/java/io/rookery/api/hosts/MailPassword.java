// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import java.time.Instant;
import java.util.UUID;

/**
 * Where the password of a mailbox stands on a host, so that it can be replaced: in a passwd-file of
 * Dovecot.
 *
 * @param id its id
 * @param hostId the host
 * @param mailboxId the mailbox that signs in by it
 * @param user the name in the file by which the mailbox signs in
 * @param file the file's path
 * @param graceFile the path of a second file that Dovecot looks into beside the first, in the same
 *     folder, by which old and new password work side by side for a while; or null where only one
 *     works at a time, so that the mailbox's mail waits some seconds while they are swapped
 * @param secretId the secret that is rotated
 * @param createdAt when it was registered
 */
public record MailPassword(
    UUID id,
    UUID hostId,
    UUID mailboxId,
    String user,
    String file,
    String graceFile,
    UUID secretId,
    Instant createdAt) {}
