// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.link.LinkTokens;

/** The services of others that links need. */
record LinkNeighbours(
    Transactions transactions,
    EventLog events,
    CampaignContents contents,
    SuppressionService suppressions,
    TenantService tenants,
    LinkHosts hosts,
    LinkTokens tokens) {}
