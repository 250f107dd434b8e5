// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a plan and a limit may be. */
final class PlanRules {

  /** What a key cannot be without: nobody may ask without end. */
  private static final Set<Entitlement> RATES =
      EnumSet.of(Entitlement.REQUESTS_PER_MINUTE, Entitlement.REQUEST_BURST);

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final int NAME = 60;
  private static final int RANK = 1000;
  private static final long MOST = 1_000_000_000_000L;
  private static final long FASTEST = 1_000_000;

  private final List<FieldError> errors = new ArrayList<>();

  private PlanRules() {}

  static void check(Plan plan) {
    PlanRules rules = new PlanRules();
    rules.that(CODE.matcher(plan.code()).matches(), "/code", "Give 1 to 40 of a-z, 0-9, - and _");
    rules.that(
        plan.name() != null && !plan.name().isBlank() && plan.name().length() <= NAME,
        "/name",
        "Give 1 to " + NAME + " characters");
    rules.that(plan.rank() >= 0 && plan.rank() <= RANK, "/rank", "Give a number from 0 to " + RANK);
    for (Entitlement entitlement : Entitlement.values()) {
      String pointer = "/limits/" + entitlement.name().toLowerCase(Locale.ROOT);
      rules.limit(pointer, entitlement, plan.limits().get(entitlement));
    }
    rules.price(plan.price());
    rules.end();
  }

  static void check(Entitlement entitlement, Long limit) {
    PlanRules rules = new PlanRules();
    rules.limit("/limit", entitlement, limit);
    rules.end();
  }

  private void limit(String pointer, Entitlement entitlement, Long limit) {
    if (RATES.contains(entitlement)) {
      that(
          limit != null && limit >= 1 && limit <= FASTEST,
          pointer,
          "Give a number from 1 to " + FASTEST);
    } else {
      that(
          limit == null || limit >= 0 && limit <= MOST,
          pointer,
          "Give a number from 0, or null for no limit");
    }
  }

  private void price(Plan.Price price) {
    if (price != null) {
      that(
          price.currency() != null && CURRENCY.matcher(price.currency()).matches(),
          "/price/currency",
          "Give three letters such as USD (ISO 4217)");
      that(price.month() >= 0, "/price/month", "Give a number from 0");
      that(price.year() >= 0, "/price/year", "Give a number from 0");
    }
  }

  private void that(boolean condition, String pointer, String detail) {
    if (!condition) {
      errors.add(new FieldError(pointer, detail));
    }
  }

  private void end() {
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }
}
