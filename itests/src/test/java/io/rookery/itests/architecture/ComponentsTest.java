// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The container tells a component's constructors apart by their number of parameters alone, and
 * logs an error where two have the same.
 */
class ComponentsTest {

  private static final String COMPONENT = "org.osgi.service.component.annotations.Component";

  @Test
  void constructorsShouldDifferInTheirNumberOfParameters() {
    JavaClasses classes = new ClassFileImporter().importPackages("io.rookery");
    List<JavaClass> components =
        classes.stream().filter(type -> type.isAnnotatedWith(COMPONENT)).toList();
    assertThat(components)
        .extracting(JavaClass::getName)
        .contains(
            "io.rookery.tenancy.internal.plan.PlanServiceImpl",
            "io.rookery.persistence.internal.tx.TransactionsService",
            "io.rookery.rest.internal.resource.SessionResource")
        .hasSizeGreaterThan(100);

    assertThat(components.stream().filter(ComponentsTest::ambiguous).map(JavaClass::getName))
        .isEmpty();
  }

  /** It looks at public ones alone. */
  private static boolean ambiguous(JavaClass component) {
    List<Integer> counts =
        component.getConstructors().stream()
            .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
            .map(constructor -> constructor.getRawParameterTypes().size())
            .toList();
    return counts.stream().distinct().count() < counts.size();
  }
}
