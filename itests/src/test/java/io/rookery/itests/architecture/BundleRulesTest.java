// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bnd rules of {@code bundles/pom.xml}, applied to bundles made for the purpose. */
class BundleRulesTest {

  private static final String API_INFO =
      "@org.osgi.annotation.bundle.Export"
          + " @org.osgi.annotation.versioning.Version(\"1.0.0\") package io.rookery.planted;";
  private static final String HIDDEN =
      "package io.rookery.planted.internal; public class Hidden {}";

  @TempDir Path work;
  private String pom;

  @BeforeEach
  void readRules() throws IOException {
    pom = Files.readString(Path.of("..", "bundles", "pom.xml"));
  }

  @Test
  void onlyVersionedPackagesShouldBeExported() throws Exception {
    try (Builder builder = build("package io.rookery.planted; public interface Api {}", HIDDEN)) {
      assertThat(builder.getErrors()).isEmpty();
      assertThat(builder.getExports().keySet())
          .extracting(Object::toString)
          .containsExactly("io.rookery.planted");
    }
  }

  @Test
  void exportedTypeThatNamesPrivateOneShouldFail() throws Exception {
    String leaky =
        "package io.rookery.planted;"
            + " public interface Api { io.rookery.planted.internal.Hidden leak(); }";
    try (Builder builder = build(leaky, HIDDEN)) {
      assertThat(builder.getErrors()).anyMatch(error -> error.contains("private references"));
    }
  }

  @Test
  void brokenApiShouldFailBaseline() throws Exception {
    String before = "package io.rookery.planted; public interface Api { void a(); void b(); }";
    String after = "package io.rookery.planted; public interface Api { void a(); }";

    assertThat(mismatch(before, after)).isTrue();
    assertThat(mismatch(before, before)).isFalse();
    assertThat(pom).contains("bnd-baseline-maven-plugin").contains("<goal>baseline</goal>");
  }

  private boolean mismatch(String before, String after) throws Exception {
    try (Builder older = build(before);
        Builder newer = build(after);
        Processor processor = new Processor()) {
      Baseline baseline = new Baseline(processor, new DiffPluginImpl());
      return baseline.baseline(newer.getJar(), older.getJar(), null).stream()
          .anyMatch(info -> info.mismatch);
    }
  }

  private Builder build(String... sources) throws Exception {
    Path classes = Files.createTempDirectory(work, "classes");
    compile(classes, Stream.concat(Stream.of(API_INFO), Arrays.stream(sources)).toList());
    Builder builder = new Builder();
    builder.setProperty("Bundle-SymbolicName", "io.rookery.planted");
    builder.setProperty("Bundle-Version", "1.0.0");
    builder.addProperties(rules());
    builder.setJar(new Jar(classes.toFile()));
    builder.build();
    return builder;
  }

  private Properties rules() throws IOException {
    Matcher rules = Pattern.compile("<bnd><!\\[CDATA\\[(.*?)]]>", Pattern.DOTALL).matcher(pom);
    assertThat(rules.find()).isTrue();
    Properties properties = new Properties();
    properties.load(new StringReader(rules.group(1)));
    return properties;
  }

  private void compile(Path classes, List<String> sources) throws IOException {
    Path folder = Files.createTempDirectory(work, "sources");
    String[] fixed = {"-d", classes.toString(), "-proc:none", "-cp", classPath()};
    Stream.Builder<String> files = Stream.builder();
    for (String source : sources) {
      Path parent = Files.createTempDirectory(folder, "unit");
      files.add(Files.writeString(parent.resolve(fileName(source)), source).toString());
    }
    String[] arguments = Stream.concat(Arrays.stream(fixed), files.build()).toArray(String[]::new);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
  }

  private static String fileName(String source) {
    Matcher type = Pattern.compile("public (?:class|interface) (\\w+)").matcher(source);
    return type.find() ? type.group(1) + ".java" : "package-info.java";
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
