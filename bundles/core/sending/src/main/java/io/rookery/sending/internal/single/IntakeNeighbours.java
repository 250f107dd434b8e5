// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.link.LinkTokens;

/**
 * The services of others that taking messages needs.
 *
 * @param baseUrl where links in mails lead, without a slash at its end
 * @param largestFiles how many octets the files of a message may have together
 */
public record IntakeNeighbours(
    Transactions transactions,
    EventLog events,
    TenantService tenants,
    SuppressionService suppressions,
    MessageContents contents,
    LinkTokens tokens,
    String baseUrl,
    long largestFiles) {}
