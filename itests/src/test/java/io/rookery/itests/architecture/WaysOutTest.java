// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaysOutTest {

  private static final String PLANTED = WaysOutTest.class.getPackageName() + ".planted";

  @Test
  void onlyTheGuardShouldConnectWhereATenantHasASay() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/itests/"))
            .importPackages("io.rookery");
    assertThat(classes.contain("io.rookery.mail.smtp.internal.SmtpBackend")).isTrue();

    new WaysOut("io.rookery").rule().check(classes);
  }

  @Test
  void plantedConnectionsShouldAllBeReported() {
    JavaClasses classes = new ClassFileImporter().importPackages(PLANTED);

    List<String> report =
        new WaysOut(PLANTED).rule().evaluate(classes).getFailureReport().getDetails();

    for (String way : List.of("socket(", "layered(", "channel(", "http(", "url(", "datagram(")) {
      assertThat(report.stream().anyMatch(line -> line.contains("mail.smtp.GoesOut." + way)))
          .as(way)
          .isEqualTo(!way.equals("layered("));
    }
    assertThat(report).noneMatch(line -> line.contains("persistence."));
  }
}
