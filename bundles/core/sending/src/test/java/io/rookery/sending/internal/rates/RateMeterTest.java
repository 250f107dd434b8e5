// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.sending.internal.rates.RateMeter.Counted;
import io.rookery.sending.internal.rates.RateMeter.Key;
import io.rookery.sending.internal.rates.RateMeter.Kind;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateMeterTest {

  private final RateMeter meter = new RateMeter();
  private final Key key = new Key(new UUID(0, 1), new UUID(0, 2), "a.example", false);

  @Test
  void eachOutcomeShouldBeTakenAwayOnceHoweverManyCount() {
    int each = 20_000;
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Long> taker =
        CompletableFuture.supplyAsync(
            () -> {
              long taken = 0;
              while (!over.get()) {
                taken += accepted(meter.take());
              }
              return taken;
            });
    List<CompletableFuture<Void>> counters =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () ->
                            IntStream.range(0, each).forEach(n -> meter.count(key, Kind.ACCEPTED)),
                        work -> new Thread(work).start()))
            .toList();
    counters.forEach(CompletableFuture::join);
    over.set(true);

    assertThat(taker.join() + accepted(meter.take())).isEqualTo(4L * each);
  }

  private static long accepted(List<Counted> taken) {
    return taken.stream().mapToLong(one -> one.counts()[Kind.ACCEPTED.ordinal()]).sum();
  }

  @Test
  void whatIsGivenBackShouldBeAddedToWhatCameSince() {
    meter.count(key, Kind.FAILED);
    List<Counted> taken = meter.take();
    assertThat(meter.take()).isEmpty();
    meter.count(key, Kind.FAILED);
    meter.giveBack(taken);

    assertThat(meter.take())
        .singleElement()
        .satisfies(one -> assertThat(one.counts()[Kind.FAILED.ordinal()]).isEqualTo(2));
  }

  @Test
  void statesShouldBeCountedForWhatTheyMean() {
    assertThat(Kind.of("accepted")).isEqualTo(Kind.ACCEPTED);
    assertThat(Kind.of("due")).isEqualTo(Kind.DEFERRED);
    assertThat(Kind.of("failed")).isEqualTo(Kind.FAILED);
    assertThat(Kind.of("in_doubt")).isEqualTo(Kind.IN_DOUBT);
  }
}
