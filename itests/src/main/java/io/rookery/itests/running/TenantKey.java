// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.running;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tenant and a key that may do everything in it.
 *
 * @param slug the tenant's short name
 * @param key the API key
 */
public record TenantKey(String slug, String key) {

  private static final Pattern KEY = Pattern.compile("rky_(live|test)_[0-9A-Za-z]{38}");

  /** Makes a tenant and a key for it through the operator's shell. */
  public static TenantKey create(RunningRookery rookery, String slug)
      throws IOException, InterruptedException {
    rookery.shell(
        "rookery:tenant-create --slug %s --address '1 Test Lane, Testham' %s"
            .formatted(slug, slug));
    return of(rookery, slug);
  }

  /** Makes a key for a tenant that is there, such as {@code operator}. */
  public static TenantKey of(RunningRookery rookery, String slug)
      throws IOException, InterruptedException {
    String answer = rookery.shell("rookery:api-key-create --name test --json " + slug);
    Matcher key = KEY.matcher(answer);
    if (!key.find()) {
      throw new IOException("The shell gave no key: " + answer);
    }
    return new TenantKey(slug, key.group());
  }

  /**
   * Makes tenants {@code prefix1}, {@code prefix2} and so on in one session of the shell, each with
   * a key and a domain that it may send from.
   */
  public static List<TenantKey> createAll(
      RunningRookery rookery, String prefix, int count, String domain)
      throws IOException, InterruptedException {
    StringBuilder commands = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      String slug = prefix + i;
      commands
          .append(
              "rookery:tenant-create --slug %s --address '1 Test Lane, Testham' %s%n"
                  .formatted(slug, slug))
          .append("rookery:api-key-create --name test --json %s%n".formatted(slug))
          .append("rookery:domain-trust %s %s%n".formatted(slug, domain));
    }
    String answer = rookery.shell(commands.toString());
    List<TenantKey> tenants = new ArrayList<>();
    Matcher key = KEY.matcher(answer);
    while (key.find()) {
      tenants.add(new TenantKey(prefix + (tenants.size() + 1), key.group()));
    }
    if (tenants.size() != count) {
      throw new IOException("The shell gave " + tenants.size() + " keys: " + answer);
    }
    return tenants;
  }
}
