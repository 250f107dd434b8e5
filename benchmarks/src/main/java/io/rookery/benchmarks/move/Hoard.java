// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.move;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Secrets of several versions each, and digests of what they must be wherever they stand. */
public final class Hoard {

  private static final int THREADS = 8;
  private static final int VERSIONS = 3;

  private final String folder;
  private final List<List<String>> digests = new ArrayList<>();

  /** Makes none yet, of a tenant. */
  public Hoard(String tenantId) {
    this.folder = "tenants/" + tenantId + "/api/load-";
  }

  /** Writes so many secrets of three versions each. */
  public void fill(Bao bao, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      digests.add(new ArrayList<>());
    }
    each(
        number -> {
          for (int version = 1; version <= VERSIONS; version++) {
            add(bao, number);
          }
          return null;
        });
  }

  /** Writes one more version of a secret. */
  public void add(Bao bao, int number) throws IOException, InterruptedException {
    String value = UUID.randomUUID() + " of " + number;
    write(bao, number, value);
    digests.get(number).add(digest(value));
  }

  private void write(Bao bao, int number, String value) throws IOException, InterruptedException {
    bao.ask("POST", "rookery/data/" + folder + number, Map.of("data", Map.of("value", value)));
  }

  /** Plants a fault: a secret whose second version is another one. */
  public void alter(Bao bao, int number) throws IOException, InterruptedException {
    List<String> values = new ArrayList<>();
    for (int version = 1; version <= digests.get(number).size(); version++) {
      values.add(version == 2 ? "altered" : value(bao, number, version));
    }
    bao.ask("DELETE", "rookery/metadata/" + folder + number, null);
    for (String value : values) {
      write(bao, number, value);
    }
  }

  private String value(Bao bao, int number, int version) throws IOException, InterruptedException {
    String path = "rookery/data/" + folder + number + "?version=" + version;
    return bao.ask("GET", path, null).path("data").path("value").asText();
  }

  /** Returns what is wrong in a store, by the secret's number; empty where all is as it must be. */
  public Map<Integer, String> wrong(Bao bao) throws Exception {
    Map<Integer, String> wrong = new TreeMap<>();
    List<String> found = each(number -> wrong(bao, number));
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) != null) {
        wrong.put(i, found.get(i));
      }
    }
    return wrong;
  }

  private String wrong(Bao bao, int number) throws Exception {
    List<String> wanted = digests.get(number);
    JsonNode known = bao.ask("GET", "rookery/metadata/" + folder + number, null);
    if (known.path("current_version").asInt() != wanted.size()) {
      return "version " + known.path("current_version") + ", not " + wanted.size();
    }
    for (int version = 1; version <= wanted.size(); version++) {
      if (!digest(value(bao, number, version)).equals(wanted.get(version - 1))) {
        return "version " + version + " has another digest";
      }
    }
    return null;
  }

  /** Something that is done for one secret. */
  private interface Work {
    String on(int number) throws Exception;
  }

  private List<String> each(Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<String>> all = new ArrayList<>();
      for (int i = 0; i < digests.size(); i++) {
        int number = i;
        all.add(() -> work.on(number));
      }
      List<String> results = new ArrayList<>();
      for (Future<String> one : threads.invokeAll(all)) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static String digest(String value) throws IOException {
    try {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }
}
