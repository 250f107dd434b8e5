// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreysTest {

  private static final String PLANTED = StoreysTest.class.getPackageName() + ".planted";

  @Test
  void everyClassShouldNameOnlyWhatLiesBelowOrLeft() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/itests/"))
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_PACKAGE_INFOS)
            .importPackages("io.rookery");
    assertThat(classes.stream().map(JavaClass::getPackageName)).contains("io.rookery.kernel");

    new Storeys("io.rookery").rule().check(classes);
  }

  @Test
  void plantedViolationsShouldAllBeReported() {
    JavaClasses classes = new ClassFileImporter().importPackages(PLANTED);

    List<String> report =
        new Storeys(PLANTED).rule().evaluate(classes).getFailureReport().getDetails();

    assertThat(report).anyMatch(line -> arrow(line, "tenancy.internal.CallsRight", "api.sending"));
    assertThat(report).anyMatch(line -> arrow(line, "tenancy.internal.NamesRight", "sending."));
    assertThat(report).anyMatch(line -> arrow(line, "mail.smtp.NamesApi", "api.secrets"));
    assertThat(report).anyMatch(line -> arrow(line, "persistence.NamesCore", "sending."));
    assertThat(report).anyMatch(line -> arrow(line, "kernel.NamesGround", "persistence."));
    assertThat(report).anyMatch(line -> line.contains("homeless.NoStorey"));
    assertThat(report).noneMatch(line -> line.contains("CallsLeft"));
  }

  private static boolean arrow(String line, String from, String to) {
    int target = line.indexOf(PLANTED + "." + to);
    return line.contains(PLANTED + "." + from) && target >= 0;
  }
}
