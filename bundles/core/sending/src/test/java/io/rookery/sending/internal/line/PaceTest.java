// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final int WINDOW = 56;
  private static final double ENDLESS = 1e6;

  @Test
  void atAServerThatIsTheBottleneckTheQueueShouldStayShortAndTheServerBusy() {
    PaceSimulation simulation = new PaceSimulation(100, 5).node(WINDOW, 1).run(10).forget();

    simulation.run(120);

    assertThat(simulation.answered()).isGreaterThan(11_900);
    assertThat(simulation.mostInFlight()).isLessThanOrEqualTo(25);
    assertThat(simulation.slowestMillis()).isLessThanOrEqualTo(255);
  }

  @Test
  void severalNodesShouldKeepTheSameShortQueueTogether() {
    PaceSimulation simulation =
        new PaceSimulation(100, 5).node(WINDOW, 1).node(WINDOW, 1).node(WINDOW, 2).run(60).forget();

    simulation.run(120);

    assertThat(simulation.answered()).isGreaterThan(11_850);
    assertThat(simulation.slowestMillis()).isLessThanOrEqualTo(255);
  }

  @Test
  void nodesShouldShareByTheWeightsOfTheirTenants() {
    PaceSimulation simulation =
        new PaceSimulation(100, 5).node(WINDOW, 2).node(WINDOW, 5).run(30).forget();

    simulation.run(300);

    double light = simulation.nodes.get(0).answered;
    double heavy = simulation.nodes.get(1).answered;
    assertThat(heavy / light).isCloseTo(2.5, within(0.06));
  }

  @Test
  void aFastServerShouldSoonBeLimitedByTheWindowAlone() {
    PaceSimulation simulation = new PaceSimulation(5_000, 2).node(WINDOW, 1).run(1).forget();

    simulation.run(60);

    assertThat(simulation.mostInFlight()).isEqualTo(WINDOW);
    assertThat(simulation.answered()).isGreaterThan(299_000);
  }

  @Test
  void aServerThatIsSlowButNotLoadedShouldNotBeStarved() {
    PaceSimulation simulation = new PaceSimulation(ENDLESS, 1_000).node(WINDOW, 1).run(15).forget();

    simulation.run(300);

    assertThat(simulation.answered()).isGreaterThan(300 * WINDOW * 97 / 100);
  }

  @Test
  void aServerWhoseRepliesVaryShouldNotBeStarved() {
    Random random = new Random(7);
    PaceSimulation simulation = new PaceSimulation(ENDLESS, 0).node(WINDOW, 1);
    simulation.unloadedMillis = () -> 300 + 1_200 * random.nextDouble();
    simulation.run(60).forget();

    simulation.run(300);

    assertThat(simulation.answered()).isGreaterThan((int) (300 * WINDOW / 0.9 * 0.8));
  }

  @Test
  void aServerThatIsSlowAndLoadedShouldBeKeptBusy() {
    PaceSimulation simulation = new PaceSimulation(30, 1_000).node(WINDOW, 1).run(120).forget();

    simulation.run(600);

    assertThat(simulation.answered()).isGreaterThan(600 * 30 * 97 / 100);
    // Its second of unloaded time, and a quarter of one as a queue.
    assertThat(simulation.mostInFlight()).isLessThanOrEqualTo(40);
  }

  @Test
  void whatAServerTakesMoreShouldBeUsed() {
    PaceSimulation simulation = new PaceSimulation(50, 5).node(WINDOW, 1).run(60);
    simulation.perSecond = 200;
    simulation.run(5).forget();

    simulation.run(20);

    assertThat(simulation.answered()).isGreaterThan(20 * 200 * 98 / 100);
  }

  @Test
  void aServerThatBecomesSlowShouldGetItsFillAgain() {
    PaceSimulation simulation = new PaceSimulation(ENDLESS, 10).node(WINDOW, 1).run(30);
    simulation.unloadedMillis = () -> 800;
    simulation.run(40).forget();

    simulation.run(120);

    assertThat(simulation.answered()).isGreaterThan((int) (120 / 0.8 * WINDOW * 0.9));
  }

  @Test
  void aServerThatHardlyTakesAnythingShouldStillBeSentTo() {
    PaceSimulation simulation = new PaceSimulation(2, 5).node(WINDOW, 1).run(120).forget();

    simulation.run(120);

    assertThat(simulation.answered()).isBetween(230, 241);
    assertThat(simulation.mostInFlight()).isLessThanOrEqualTo(6);
  }
}
