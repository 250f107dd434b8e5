// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes many tenants in few shell sessions, as each session costs the start of a JVM. */
final class Tenants {

  private static final Pattern KEY = Pattern.compile("rky_(live|test)_[0-9A-Za-z]{38}");
  private static final int SESSION = 10;

  private Tenants() {}

  /** Returns tenants whose slugs begin with a word; each may send for a domain. */
  static List<TenantKey> create(RunningRookery rookery, String word, int count, String domain)
      throws IOException, InterruptedException {
    List<TenantKey> tenants = new ArrayList<>();
    while (tenants.size() < count) {
      tenants.addAll(
          session(
              rookery, word, tenants.size(), Math.min(count, tenants.size() + SESSION), domain));
    }
    return tenants;
  }

  private static List<TenantKey> session(
      RunningRookery rookery, String word, int from, int to, String domain)
      throws IOException, InterruptedException {
    List<String> commands = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String slug = word + i;
      commands.add(
          "rookery:tenant-create --slug %s --address '1 Test Lane, Testham' %s"
              .formatted(slug, slug));
      commands.add("rookery:domain-trust " + slug + " " + domain);
      commands.add("rookery:api-key-create --name test --json " + slug);
    }
    String answer = rookery.shell(String.join("\n", commands));
    List<String> keys = KEY.matcher(answer).results().map(found -> found.group()).toList();
    if (keys.size() != to - from) {
      throw new IOException("The shell gave " + keys.size() + " keys: " + answer);
    }
    List<TenantKey> tenants = new ArrayList<>();
    for (int i = from; i < to; i++) {
      tenants.add(new TenantKey(word + i, keys.get(i - from)));
    }
    return tenants;
  }
}
