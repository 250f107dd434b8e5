// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.mailboxes.DkimKeys;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.tenancy.TenantService;
import io.rookery.crypto.Signatures;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.plan.Completion;
import io.rookery.sending.internal.rates.RateMeter;
import io.rookery.sending.internal.returnpath.EnvelopeSenders;
import io.rookery.sending.internal.system.SystemLetters;
import io.rookery.sending.internal.version.VersionBook;

/**
 * The services of others that the line needs.
 *
 * @param baseUrl where links in mails lead, without a slash at its end
 */
public record LineNeighbours(
    Transactions transactions,
    Epochs epochs,
    TenantService tenants,
    MailboxService mailboxes,
    MailboxFallbacks fallbacks,
    DkimKeys dkimKeys,
    Signatures signatures,
    CampaignContents contents,
    LinkTokens tokens,
    EnvelopeSenders envelopes,
    LinkHosts linkHosts,
    Completion completion,
    VersionBook versions,
    ClaimGate gate,
    RateMeter meter,
    SystemLetters letters,
    String baseUrl) {}
