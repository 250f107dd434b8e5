// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Checks that failed, by schemathesis' own report: a JSON object a line, of which some end. */
public final class Violations {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SERVER_ERROR = "not_a_server_error";
  private static final int SHOWN = 400;

  private final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<String, String> examples = new TreeMap<>();
  private int schema;
  private int checks;

  /** Reads a file of events. */
  public static Violations read(Path file) throws IOException {
    Violations violations = new Violations();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = JSON.readTree(line);
        JsonNode recorder = event.at("/ScenarioFinished/recorder");
        recorder
            .path("checks")
            .properties()
            .forEach(of -> of.getValue().forEach(c -> violations.add(recorder, of.getKey(), c)));
        JsonNode error = event.path("NonFatalError");
        if (!error.isMissingNode()) {
          violations.count("error of the run: " + error.path("label").asText(), error.toString());
        }
      }
    }
    return violations;
  }

  private void add(JsonNode recorder, String id, JsonNode check) {
    checks++;
    if (check.path("status").asText().equals("failure")) {
      JsonNode request = recorder.path("interactions").path(id).path("request");
      String name = check.path("name").asText();
      JsonNode failure = check.at("/failure_info/failure");
      String kind = "%s: %s %s".formatted(name, recorder.path("label").asText(), title(failure));
      if (name.equals(SERVER_ERROR)) {
        examples.putIfAbsent(kind, shown(request, failure));
        kinds.merge(kind, 1, Integer::sum);
      } else {
        count(kind, shown(request, failure));
      }
    }
  }

  private void count(String kind, String example) {
    schema++;
    kinds.merge(kind, 1, Integer::sum);
    examples.putIfAbsent(kind, shorten(example));
  }

  private static String title(JsonNode failure) {
    return failure.path("title").asText();
  }

  private static String shown(JsonNode request, JsonNode failure) {
    return "%s %s: %s"
        .formatted(
            request.path("method").asText(),
            request.path("uri").asText(),
            failure.path("message").asText());
  }

  private static String shorten(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  /** Returns how many checks failed that are not about server errors. */
  public int schema() {
    return schema;
  }

  /** Returns how many checks were made. */
  public int checks() {
    return checks;
  }

  /** Returns each kind of violation with how often it came and a request that shows it. */
  public Iterable<String> lines() {
    return kinds.entrySet().stream()
            .map(
                k -> "%d × %s; as %s".formatted(k.getValue(), k.getKey(), examples.get(k.getKey())))
        ::iterator;
  }
}
