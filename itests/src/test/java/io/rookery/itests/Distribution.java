// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.OptionUtils.combine;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import io.rookery.testkit.peers.FreePorts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.ops4j.pax.exam.Option;

/** The distribution as it is shipped, unpacked below {@code target/exam} on free ports. */
public final class Distribution {

  /** System property in the container: the port of the REST API. */
  public static final String HTTP_PORT = "rookery.test.http.port";

  private static final String MVN = "org.ops4j.pax.url.mvn.";
  private static final String LOCAL_REPOSITORY = MVN + "localRepository";

  private Distribution() {}

  /** The options that boot the distribution, and {@code more}. */
  public static Option[] with(Option... more) {
    String http = freePort();
    Option[] base =
        options(
            karafDistributionConfiguration()
                .frameworkUrl(
                    new File(System.getProperty("rookery.distribution")).toURI().toString())
                .name("Rookery")
                .unpackDirectory(new File("target/exam"))
                .useDeployFolder(false),
            keepRuntimeFolder(),
            configureConsole().ignoreLocalConsole(),
            systemTimeout(180_000),
            coverageAgent(),
            systemProperty(HTTP_PORT).value(http),
            put("org.ops4j.pax.web.cfg", "org.osgi.service.http.port", http),
            put("org.apache.karaf.shell.cfg", "sshPort", freePort()),
            put("io.rookery.rest.cfg", "metrics.port", "0"),
            put(
                "org.ops4j.pax.url.mvn.cfg",
                LOCAL_REPOSITORY,
                System.getProperty(LOCAL_REPOSITORY)));
    return combine(base, more);
  }

  private static Option coverageAgent() {
    String agent = System.getProperty("rookery.agent", "");
    return agent.startsWith("-javaagent:") ? vmOption(agent) : composite();
  }

  private static Option put(String file, String key, String value) {
    return editConfigurationFilePut("etc/" + file, key, value);
  }

  private static String freePort() {
    try {
      return Integer.toString(FreePorts.next());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
