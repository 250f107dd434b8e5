// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.secrets;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Writers that set off at the same moment. */
final class Writers {

  private static final int GIVE_UP = 10_000;

  private Writers() {}

  /**
   * Runs one task per writer and returns all numbers that they gave; a number twice is an error.
   */
  static Set<Integer> race(int writers, IntFunction<Collection<Integer>> task) {
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CyclicBarrier start = new CyclicBarrier(writers);
    try {
      List<Callable<Collection<Integer>>> tasks = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        int writer = i;
        tasks.add(
            () -> {
              start.await(10, TimeUnit.SECONDS);
              return task.apply(writer);
            });
      }
      return union(threads.invokeAll(tasks, 60, TimeUnit.SECONDS));
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("A writer failed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Set<Integer> union(List<Future<Collection<Integer>>> results)
      throws InterruptedException, ExecutionException {
    Set<Integer> all = new HashSet<>();
    for (Future<Collection<Integer>> result : results) {
      for (int number : result.get()) {
        if (!all.add(number)) {
          throw new AssertionError("Number " + number + " was given twice");
        }
      }
    }
    return all;
  }

  /** Writes as often as asked, each time upon the newest version; returns the versions it made. */
  static Collection<Integer> writeChecked(
      SecretStore store, SecretPath path, int writer, int times) {
    List<Integer> made = new ArrayList<>();
    for (int attempt = 0; made.size() < times; attempt++) {
      if (attempt == GIVE_UP) {
        throw new AssertionError("A writer never got its turn");
      }
      int newest = store.metadata(path).map(SecretMetadata::currentVersion).orElse(0);
      try {
        made.add(store.write(path, data(writer), newest));
      } catch (SecretStoreException e) {
        requireConflict(e);
      }
    }
    return made;
  }

  /** Writes a secret that must not exist yet; returns the writer's own number where it won. */
  static Collection<Integer> writeFirst(SecretStore store, SecretPath path, int writer) {
    try {
      store.write(path, data(writer), 0);
      return List.of(writer);
    } catch (SecretStoreException e) {
      requireConflict(e);
      return List.of();
    }
  }

  private static void requireConflict(SecretStoreException e) {
    if (e.kind() != Kind.CONFLICT) {
      throw e;
    }
  }

  private static SecretData data(int writer) {
    return new SecretData(Map.of("password", Secret.of("writer " + writer)));
  }
}
