// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.contacts.ContactListService;
import io.rookery.api.contacts.ContactService;
import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.PublicReach;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantService;
import io.rookery.api.tenancy.Workspaces;

/** The areas to the left that campaigns ask. */
public record Neighbours(
    TenantService tenants,
    TenantPermissions permissions,
    ContactService contacts,
    ContactListService lists,
    MailboxService mailboxes,
    DomainService domains,
    PublicReach reach,
    BackendDirectory backends,
    Workspaces workspaces) {}
