// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

/** Why the platform works outside any tenant. The list is closed so that each use can be found. */
public enum SystemPurpose {
  /** Cursors, positions and reading of the event log. */
  EVENT_READING,
  /** Leases of lanes, readers and nodes, and the nodes' heartbeat. */
  LEASING,
  /** Finding due lanes and sweeping messages into them. */
  LANES,
  /** What nodes tell each other of mail servers that are scarce. */
  PACING,
  /** Which version of a mail backend tenants use. */
  BACKEND_VERSIONS,
  /** What nodes may send to recipient domains, minute by minute. */
  DOMAIN_BUDGETS,
  /** Handing jobs to workers, and schedules. */
  JOBS,
  /** Pointers from a key's digest to its tenant, and the directory of tenants. */
  TENANT_DIRECTORY,
  /** How much keys were used, and what nodes tell each other of it. */
  KEY_USE,
  /** Subscriptions whose change is due. */
  SUBSCRIPTIONS,
  /** People's accounts and sessions, and sign-ins that failed. */
  PEOPLE,
  /** Finding what the platform itself has to mail. */
  SYSTEM_MAIL,
  /** Epochs that tell nodes to drop what they cached. */
  EPOCHS,
  /** What plugins keep for the whole platform. */
  PLUGIN_STORAGE,
  /** Health and figures for the operator. */
  MONITORING,
  /** Whose host a link or a certificate is for. */
  LINK_HOSTS,
  /** Signed heads of the audit log, and what they are compared with. */
  AUDIT,
  /** Where secrets stand, and moves of them. */
  SECRET_STORES,
  /** Removing what has outlived its retention. */
  RETENTION
}
