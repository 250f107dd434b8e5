// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.swap;

import io.rookery.benchmarks.swap.Releases.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The ways to replace a plugin. Each begins with one bundle of it, which serves everybody, and ends
 * so.
 */
public enum Kind {
  /** {@code bundle:update} from a file. */
  UPDATE {
    @Override
    public void swap(Operator operator, Releases releases) throws Exception {
      Release next = releases.next();
      operator.run("bundle:update " + operator.bundle() + " " + next.url());
      operator.awaitVersion(next.version());
      operator.adopt(next.version());
    }
  },

  /** {@code bundle:uninstall} and {@code bundle:install}. */
  REINSTALL {
    @Override
    public void swap(Operator operator, Releases releases) throws Exception {
      Release next = releases.next();
      long bundle = operator.bundle();
      operator.run("bundle:uninstall " + bundle + " ; bundle:install -s -l 80 " + next.url());
      operator.awaitVersion(next.version());
      operator.adopt(next.version());
    }
  },

  /** A feature beside the old version; tenants moved to it step by step, and back again. */
  FEATURE {
    @Override
    public void swap(Operator operator, Releases releases) throws Exception {
      Release next = releases.next();
      long before = operator.bundle();
      operator.run("feature:repo-add " + releases.repository(next));
      operator.run("feature:install swap-smtp/" + next.version());
      operator.awaitVersion(next.version());
      moveByAndBy(operator, next);
      if (operator.bundles().size() > 2) {
        // The distribution's feature has brought its own version again, as that was replaced.
        operator.run("bundle:uninstall " + before);
      }
      operator.adopt(Operator.SHIPPED);
      operator.run("feature:uninstall swap-smtp/" + next.version());
      operator.run("feature:repo-remove swap-" + next.version());
      operator.awaitGone(next.version());
    }
  },

  /** A version that fails half its sends gets half the tenants and is left by itself. */
  FAILING {
    @Override
    public void swap(Operator operator, Releases releases) throws Exception {
      Release bad = releases.failing();
      operator.run("bundle:install -s -l 80 " + bad.url());
      operator.awaitVersion(bad.version());
      operator.run("rookery:backend-move --percent 50 smtp " + bad.version());
      operator.awaitReturn(bad.version());
      operator.run("bundle:uninstall " + operator.bundles().get(1));
      operator.awaitGone(bad.version());
    }
  },

  /** A jar dropped, tenants moved to it step by step, the file replaced, then removed. */
  DEPLOY {
    @Override
    public void swap(Operator operator, Releases releases) throws Exception {
      Release first = releases.next();
      Release second = releases.next();
      String old = operator.onlyVersion();
      Path dropped = operator.drop("smtp-next.jar");
      Files.copy(first.jar(), dropped);
      operator.awaitVersion(first.version());
      moveByAndBy(operator, first);
      Files.move(second.jar(), dropped, StandardCopyOption.REPLACE_EXISTING);
      operator.awaitVersion(second.version());
      operator.awaitGone(first.version());
      Files.delete(dropped);
      operator.awaitGone(second.version());
      operator.adopt(old);
    }
  },

  /** {@code bundle:stop} and {@code bundle:start}. */
  RESTART {
    @Override
    public void swap(Operator operator, Releases releases) throws Exception {
      long bundle = operator.bundle();
      operator.run("bundle:stop " + bundle + " ; bundle:start " + bundle);
    }
  };

  /** Replaces the plugin; returns once the last of it is done. */
  public abstract void swap(Operator operator, Releases releases) throws Exception;

  private static void moveByAndBy(Operator operator, Release next) throws Exception {
    for (int percent : new int[] {10, 50, 100}) {
      operator.move(next.version(), percent);
    }
    operator.run("rookery:backend-settle smtp");
  }
}
