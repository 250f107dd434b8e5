// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.signin;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the administrator of the shell at first start, as the distribution ships without any user.
 * The password is random and stands in {@code etc/users.properties} alone, readable by the
 * platform's own account; whoever may read that file on this machine may sign in.
 */
@Component(
    service = {},
    immediate = true)
public final class FirstUser {

  private static final Logger LOG = LoggerFactory.getLogger(FirstUser.class);

  /** Looks into the folder that the property {@code karaf.etc} names. */
  @Activate
  public FirstUser(BundleContext context) {
    this(Path.of(context.getProperty("karaf.etc")));
  }

  FirstUser(Path etc) {
    UsersFile file = new UsersFile(etc.resolve("users.properties"), new SecureRandom());
    try {
      if (file.addFirst()) {
        LOG.info("Made the shell's user {}; its password is in {}", UsersFile.NAME, file.path());
      }
    } catch (IOException e) {
      LOG.warn("The shell has no user, as {} cannot be written", file.path(), e);
    }
  }
}
