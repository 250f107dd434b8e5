// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who may name whom. Arrows point down: edge, core, ground, contract; plugins stand beside the core
 * and see kernel and SPIs alone. Inside core calls go left, also through the interfaces of api.
 */
final class Storeys {

  private enum Storey {
    CONTRACT,
    GROUND,
    CORE,
    EDGE,
    PLUGINS
  }

  /** A bundle, by the part of its name behind the root; the rank orders bundles inside a storey. */
  private record Bundle(String name, Storey storey, int rank) {}

  /** From left to right; bundles in one group are siblings, without calls between. */
  private static final List<List<String>> CORE =
      List.of(
          List.of("secrets"),
          List.of("tenancy"),
          List.of("contacts"),
          List.of("mailboxes"),
          List.of("campaigns"),
          List.of("sending"),
          List.of("feedback"),
          List.of("webhooks", "analytics", "billing", "hosts"));

  private static final List<List<String>> CONTRACT =
      List.of(
          List.of("kernel"),
          List.of("spi.plugin"),
          List.of("spi.mail", "spi.secrets", "spi.payments"),
          List.of("api"),
          List.of("testkit"));

  private static final List<List<String>> GROUND =
      List.of(List.of("persistence", "egress", "crypto"), List.of("events"), List.of("jobs"));

  private static final List<List<String>> EDGE =
      List.of(List.of("certificates", "rest", "console", "shell", "quickstart"));

  private static final List<List<String>> PLUGINS =
      List.of(
          List.of("mail", "secrets.embedded", "secrets.vault", "payments", "crm", "automation"));

  private final String root;
  private final List<Bundle> bundles = new ArrayList<>();

  /** The rules for the packages below {@code root}. */
  Storeys(String root) {
    this.root = root;
    add(Storey.CONTRACT, CONTRACT);
    add(Storey.GROUND, GROUND);
    add(Storey.CORE, CORE);
    add(Storey.EDGE, EDGE);
    add(Storey.PLUGINS, PLUGINS);
    bundles.sort(Comparator.comparingInt((Bundle b) -> b.name().length()).reversed());
  }

  private void add(Storey storey, List<List<String>> groups) {
    for (int rank = 0; rank < groups.size(); rank++) {
      for (String name : groups.get(rank)) {
        bundles.add(new Bundle(name, storey, rank));
      }
    }
  }

  ArchRule rule() {
    return ArchRuleDefinition.classes().should(new PointDown());
  }

  private Optional<Bundle> bundleOf(JavaClass type) {
    return bundles.stream().filter(b -> within(type, b.name())).findFirst();
  }

  private boolean within(JavaClass type, String name) {
    String own = type.getPackageName() + ".";
    return own.startsWith(root + "." + name + ".");
  }

  private boolean mayName(Bundle from, Bundle to) {
    if (from.name().equals(to.name())) {
      return true;
    }
    return switch (from.storey()) {
      case CONTRACT, GROUND, CORE -> below(from, to) || leftOf(from, to);
      case EDGE -> below(from, to) && to.storey() != Storey.CORE;
      case PLUGINS -> to.name().equals("kernel") || to.name().startsWith("spi.");
    };
  }

  private static boolean below(Bundle from, Bundle to) {
    return to.storey().ordinal() < from.storey().ordinal() && !to.name().equals("testkit");
  }

  private static boolean leftOf(Bundle from, Bundle to) {
    return to.storey() == from.storey() && to.rank() < from.rank();
  }

  /** The core area whose interface {@code type} is: {@code api.<area>}. */
  private Optional<Bundle> areaOf(JavaClass type) {
    return bundles.stream()
        .filter(b -> b.storey() == Storey.CORE && within(type, "api." + b.name()))
        .findFirst();
  }

  private boolean callsLeft(JavaClass from, JavaClass to) {
    Optional<Bundle> caller = areaOf(from).or(() -> bundleOf(from).filter(this::isCore));
    Optional<Bundle> called = areaOf(to);
    if (caller.isEmpty() || called.isEmpty()) {
      return true;
    }
    return caller.get().name().equals(called.get().name()) || leftOf(caller.get(), called.get());
  }

  private boolean isCore(Bundle bundle) {
    return bundle.storey() == Storey.CORE;
  }

  private final class PointDown extends ArchCondition<JavaClass> {

    PointDown() {
      super("belong to a storey and name only what lies below or to the left");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      Optional<Bundle> from = bundleOf(type);
      if (from.isEmpty()) {
        events.add(SimpleConditionEvent.violated(type, type.getName() + " has no storey"));
        return;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        Optional<Bundle> to = bundleOf(target);
        if (to.isPresent() && !(mayName(from.get(), to.get()) && callsLeft(type, target))) {
          events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
        }
      }
    }
  }
}
