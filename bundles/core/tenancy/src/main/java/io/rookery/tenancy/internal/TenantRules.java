// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService.NewTenant;
import io.rookery.api.tenancy.TenantService.TenantChange;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the fields of a tenant may hold. */
final class TenantRules {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final int NAME = 200;
  private static final int ADDRESS = 500;

  private final List<FieldError> errors = new ArrayList<>();

  private TenantRules() {}

  static NewTenant check(NewTenant tenant) {
    TenantRules rules = new TenantRules();
    String name = rules.text("/name", tenant.name(), NAME, false);
    String address = rules.text("/postal_address", tenant.postalAddress(), ADDRESS, true);
    rules.slug(tenant.slug());
    rules.end();
    return new NewTenant(name, tenant.slug(), address);
  }

  static TenantChange check(TenantChange change) {
    TenantRules rules = new TenantRules();
    String name = rules.text("/name", change.name(), NAME, true);
    String address = rules.text("/postal_address", change.postalAddress(), ADDRESS, true);
    rules.end();
    return new TenantChange(name, address);
  }

  static void checkWeight(int weight) {
    if (weight < 1 || weight > Tenant.HEAVIEST) {
      throw RookeryException.invalid("/weight", "Give a number from 1 to " + Tenant.HEAVIEST);
    }
  }

  /** Lines of an address are kept; other control characters have no business in either. */
  private String text(String pointer, String value, int longest, boolean optional) {
    if (value == null) {
      if (!optional) {
        errors.add(new FieldError(pointer, "Give 1 to " + longest + " characters"));
      }
      return null;
    }
    String text = value.strip();
    boolean control =
        text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r');
    if (text.isEmpty() || text.length() > longest || control) {
      errors.add(new FieldError(pointer, "Give 1 to " + longest + " printable characters"));
    }
    return text;
  }

  private void slug(String slug) {
    if (slug == null || !SLUG.matcher(slug).matches()) {
      errors.add(
          new FieldError(
              "/slug", "Give 1 to 63 of a-z, 0-9 and hyphens, with no hyphen at either end"));
    }
  }

  private void end() {
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }
}
