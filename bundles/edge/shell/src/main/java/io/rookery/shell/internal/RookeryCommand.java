// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;

/**
 * A command of the administration shell. The services that commands call are optional references,
 * as the shell offers a bundle's commands all or none: so one part that is down takes no command of
 * another part away.
 */
public abstract class RookeryCommand implements Action {

  private static final int LONGEST_ACTOR = 100;

  @Option(name = "--json", description = "Prints JSON instead of a table")
  private boolean json;

  @Reference private Session session;

  @Override
  public final Object execute() throws Exception {
    try {
      // Karaf's stream of this command, which a pipe may lead elsewhere; the console passes it by.
      run(new Output(System.out, json));
      return null;
    } catch (RookeryException e) {
      throw Problem.shown(e);
    }
  }

  /** Does the command's work and shows what came of it. */
  protected abstract void run(Output out) throws Exception;

  /** Returns whoever is signed in at the shell. */
  protected final Actor actor() {
    Object user = session.get("USER");
    String name = user == null ? "" : user.toString().strip();
    String id = name.isEmpty() ? "shell" : name;
    return new Actor(
        Actor.Kind.OPERATOR, id.length() > LONGEST_ACTOR ? id.substring(0, LONGEST_ACTOR) : id);
  }

  /** Returns the session that the command was typed into. */
  protected final Session session() {
    return session;
  }

  /** Returns a service, or says plainly that it is not there now. */
  protected static <T> T need(T service) {
    if (service == null) {
      throw RookeryException.unavailable(
          "The part that does this is not running; rookery:node-status tells more",
          Duration.ofSeconds(5),
          null);
    }
    return service;
  }
}
