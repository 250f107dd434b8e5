// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import java.time.Instant;
import java.util.UUID;

/**
 * A part of a tenant with campaigns, templates, lists, mailboxes and domains of its own. Every
 * tenant has a main one, whose id is the tenant's and which is there as long as the tenant is.
 *
 * @param id its id
 * @param name its name for people, unique among those of the tenant that are not archived
 * @param postalAddress its own postal address, kept and shown, while mail carries the tenant's;
 *     null where it has none
 * @param main whether it is the tenant's main workspace
 * @param archivedAt since when nothing new can be put into it, or null
 * @param version rises with each change, for If-Match
 */
public record Workspace(
    UUID id,
    String name,
    String postalAddress,
    boolean main,
    Instant createdAt,
    Instant archivedAt,
    long version) {}
