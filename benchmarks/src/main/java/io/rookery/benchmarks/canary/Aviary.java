// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import io.rookery.itests.isolation.Crowd;
import io.rookery.itests.isolation.Stage;
import io.rookery.itests.isolation.Stage.Tenant;
import io.rookery.itests.running.RunningRookery;
import java.sql.Connection;

/** A running platform with marked secrets that fly through its doors. */
public final class Aviary {

  private final Doors doors;
  private final String secret;

  private Aviary(Doors doors, String secret) {
    this.doors = doors;
    this.secret = secret;
  }

  /** Takes a running platform, and has its operator have something of everything. */
  public static Aviary at(RunningRookery rookery) throws Exception {
    Marks marks = new Marks();
    Tenant operator = Stage.on(rookery).settledOperator();
    marks.made("key of the operator", operator.key());
    marks.chosen("password of everybody", Crowd.PASSWORD);
    Doors doors = new Doors(rookery, operator, new Talk(rookery.root(), marks), marks);
    return new Aviary(doors, marks.plain("secret that nobody uses", ""));
  }

  /** Returns a marked secret that the platform has never seen. */
  public String secret() {
    return secret;
  }

  /** Sends all secrets through all doors. */
  public void fly() throws Exception {
    new PeopleDoors(doors).enter();
    new KeyDoors(doors).enter();
    String mailbox = new MailDoors(doors).enter();
    new ShellDoors(doors).enter();
    new WrongInput(doors).enter(mailbox);
    new Walk(doors).enter();
  }

  /** Looks for them everywhere, as the database's superuser. */
  public Findings search(Connection database) throws Exception {
    RunningRookery rookery = doors.rookery();
    Finder finder = new Finder(doors.marks().all());
    Places places = new Places(finder);
    places.answers(doors.talk().answers());
    places.database(database);
    places.address(rookery.metrics());
    places.process(rookery.pid());
    places.files(rookery.home());
    return new Findings(doors.marks().all().size(), doors.talk().answers().size(), finder, places);
  }
}
