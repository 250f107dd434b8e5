// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plugins;

import io.rookery.api.sending.BackendVersions;
import io.rookery.api.sending.BackendVersions.Installed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Puts together what is known of each plugin. Thread-safe. */
@Component(service = PluginDirectory.class)
public final class PluginDirectory {

  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final PluginWatch watch;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile BackendVersions versions;

  /** Looks by the framework's and the component runtime's own eyes. */
  @Activate
  public PluginDirectory(
      BundleContext context,
      @Reference ServiceComponentRuntime components,
      @Reference PluginWatch watch) {
    this.context = context;
    this.components = components;
    this.watch = watch;
  }

  /** Returns the plugins, by name and version, those behind that have left something. */
  public List<Plugin> list() {
    List<Plugin> plugins = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (PluginBundles.isPlugin(bundle)) {
        plugins.add(plugin(bundle));
      }
    }
    plugins.addAll(left());
    plugins.sort(Comparator.comparing(Plugin::name).thenComparing(Plugin::version));
    return plugins;
  }

  private Plugin plugin(Bundle bundle) {
    List<String> problems = new ArrayList<>();
    if (bundle.getState() == Bundle.INSTALLED) {
      problems.add("It does not resolve; bundle:diag " + bundle.getBundleId() + " says why");
    } else if (bundle.getState() == Bundle.RESOLVED) {
      problems.add("It is stopped");
    }
    components.getComponentDescriptionDTOs(bundle).stream()
        .flatMap(this::problems)
        .forEach(problems::add);
    problems.addAll(silences(bundle));
    return new Plugin(
        bundle.getBundleId(),
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        state(bundle),
        services(bundle),
        problems);
  }

  private Stream<String> problems(ComponentDescriptionDTO component) {
    return components.getComponentConfigurationDTOs(component).stream()
        .map(configuration -> problem(component.name, configuration))
        .filter(problem -> problem != null);
  }

  private static String problem(String name, ComponentConfigurationDTO configuration) {
    if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
      String first = configuration.failure == null ? "" : firstCause(configuration.failure);
      return name + " failed to activate: " + first;
    }
    if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
      String missing =
          Arrays.stream(configuration.unsatisfiedReferences)
              .map(reference -> reference.name)
              .collect(Collectors.joining(", "));
      return name + " waits for " + missing;
    }
    return configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION
        ? name + " waits for its configuration"
        : null;
  }

  /** The first line that names a cause; the rest of the stack stands in the log. */
  private static String firstCause(String stack) {
    return stack
        .lines()
        .filter(line -> line.startsWith("Caused by: "))
        .map(line -> line.substring("Caused by: ".length()))
        .reduce((first, last) -> last)
        .orElseGet(() -> stack.lines().findFirst().orElse(""));
  }

  private List<String> silences(Bundle bundle) {
    BackendVersions known = versions;
    List<String> problems = new ArrayList<>();
    ServiceReference<?>[] references = bundle.getRegisteredServices();
    if (known == null || references == null) {
      return problems;
    }
    for (Installed installed : known.installed()) {
      for (ServiceReference<?> reference : references) {
        boolean same =
            installed.backend().equals(reference.getProperty("backend"))
                && installed.version().equals(reference.getProperty("version"));
        if (same && installed.silentCalls() > 0) {
          problems.add(installed.silentCalls() + " calls inside it have been silent for 30 s");
        }
        if (same && installed.problem() != null) {
          problems.add("Last: " + installed.problem());
        }
      }
    }
    return problems;
  }

  private static List<String> services(Bundle bundle) {
    ServiceReference<?>[] references = bundle.getRegisteredServices();
    return references == null
        ? List.of()
        : Arrays.stream(references)
            .flatMap(it -> Arrays.stream((String[]) it.getProperty(Constants.OBJECTCLASS)))
            .map(name -> name.substring(name.lastIndexOf('.') + 1))
            .distinct()
            .sorted()
            .toList();
  }

  private static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "active";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      case Bundle.RESOLVED -> "stopped";
      default -> "installed";
    };
  }

  private List<Plugin> left() {
    return watch.leftThreads().entrySet().stream()
        .collect(Collectors.groupingBy(Map.Entry::getValue, Collectors.counting()))
        .entrySet()
        .stream()
        .map(PluginDirectory::gone)
        .toList();
  }

  private static Plugin gone(Map.Entry<String, Long> left) {
    String[] parts = left.getKey().split(" ", 2);
    return new Plugin(
        null,
        parts[0],
        parts[1],
        "gone",
        List.of(),
        List.of("It left " + left.getValue() + " threads running; restart the node to free them"));
  }
}
