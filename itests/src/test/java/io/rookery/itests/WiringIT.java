// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Everything that the distribution ships starts and finds what it needs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class WiringIT {

  @Inject private BundleContext context;
  @Inject private ServiceComponentRuntime components;

  @Configuration
  public Option[] distribution() {
    return Distribution.with();
  }

  @Test
  public void allBundlesShouldBeActive() throws InterruptedException {
    Set<String> names = ours().map(Bundle::getSymbolicName).collect(Collectors.toSet());
    assertTrue(
        names.toString(), names.containsAll(List.of("io.rookery.kernel", "io.rookery.shell")));
    awaitNone(
        () ->
            ours()
                .filter(b -> b.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .filter(b -> b.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  public void noComponentShouldBeUnsatisfied() throws InterruptedException {
    awaitNone(this::unsatisfied);
  }

  private Set<String> unsatisfied() {
    Bundle[] bundles = ours().toArray(Bundle[]::new);
    return components.getComponentDescriptionDTOs(bundles).stream()
        .flatMap(d -> components.getComponentConfigurationDTOs(d).stream())
        .filter(c -> (c.state & WAITING) != 0)
        .map(
            c ->
                c.description.name
                    + Arrays.stream(c.unsatisfiedReferences).map(r -> r.name).toList())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static final int WAITING =
      ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION
          | ComponentConfigurationDTO.UNSATISFIED_REFERENCE
          | ComponentConfigurationDTO.FAILED_ACTIVATION;

  private Stream<Bundle> ours() {
    return Arrays.stream(context.getBundles())
        .filter(b -> b.getSymbolicName() != null)
        .filter(b -> b.getSymbolicName().startsWith("io.rookery."));
  }

  private void awaitNone(Supplier<Set<String>> offenders) throws InterruptedException {
    assertEquals(Set.of(), new Settling(context).until(offenders));
  }
}
