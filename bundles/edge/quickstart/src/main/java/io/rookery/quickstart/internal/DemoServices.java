// SPDX-License-Identifier: Apache-2.0
package io.rookery.quickstart.internal;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.campaigns.TemplateService;
import io.rookery.api.contacts.ContactListService;
import io.rookery.api.contacts.ImportService;
import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.people.MemberService;
import io.rookery.api.people.UserService;
import io.rookery.api.sending.SendingService;
import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.api.tenancy.TenantService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The services that the quick start goes through, as any face of the platform does. */
@Component(service = DemoServices.class)
public final class DemoServices {

  final TenantService tenants;
  final ApiKeyService keys;
  final ContactListService lists;
  final ImportService imports;
  final BackendDirectory backends;
  final MailboxService mailboxes;
  final TemplateService templates;
  final CampaignService campaigns;
  final SendingService sending;
  final UserService users;
  final MemberService members;

  /** Holds the services. */
  @Activate
  public DemoServices(
      @Reference TenantService tenants,
      @Reference ApiKeyService keys,
      @Reference ContactListService lists,
      @Reference ImportService imports,
      @Reference BackendDirectory backends,
      @Reference MailboxService mailboxes,
      @Reference TemplateService templates,
      @Reference CampaignService campaigns,
      @Reference SendingService sending,
      @Reference UserService users,
      @Reference MemberService members) {
    this.tenants = tenants;
    this.keys = keys;
    this.lists = lists;
    this.imports = imports;
    this.backends = backends;
    this.mailboxes = mailboxes;
    this.templates = templates;
    this.campaigns = campaigns;
    this.sending = sending;
    this.users = users;
    this.members = members;
  }
}
