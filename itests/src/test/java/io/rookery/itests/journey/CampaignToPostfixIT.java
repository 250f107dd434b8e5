// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.fail;

import io.rookery.itests.running.PostfixSink;
import io.rookery.itests.running.Scratch;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.Assume;

/**
 * The journey to Postfix's smtp-sink, a peer: without it the test is skipped, or fails under {@code
 * -Dpeers.required=true}.
 */
public class CampaignToPostfixIT extends CampaignJourney {

  @Override
  Inbox open() throws Exception {
    if (PostfixSink.tool("smtp-sink").isEmpty()) {
      String missing = "The peer smtp-sink (Postfix) is not installed here";
      if (Boolean.getBoolean("peers.required")) {
        fail(missing + ", and -Dpeers.required=true asks for it");
      }
      Assume.assumeTrue(missing, false);
    }
    Path folder = Scratch.folder();
    return new SinkInbox(PostfixSink.start(folder), folder);
  }

  /** Reads the files that the sink writes; it puts what was said in SMTP before the headers. */
  private record SinkInbox(PostfixSink sink, Path folder) implements Inbox {

    @Override
    public int port() {
      return sink.port();
    }

    @Override
    public List<MimeMessage> messages() throws Exception {
      List<MimeMessage> messages = new ArrayList<>();
      for (Path file : files()) {
        try (InputStream in = Files.newInputStream(file)) {
          messages.add(new MimeMessage(Session.getInstance(new Properties()), in));
        }
      }
      return messages;
    }

    @Override
    public void clear() throws Exception {
      for (Path file : files()) {
        Files.delete(file);
      }
    }

    private List<Path> files() throws Exception {
      try (Stream<Path> files = Files.list(folder)) {
        return files.toList();
      }
    }

    @Override
    public void close() throws Exception {
      sink.close();
    }
  }
}
