// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import io.rookery.crypto.Signatures;
import io.rookery.mail.smtp.internal.SmtpBackend;
import io.rookery.sending.internal.dkim.DkimSigner;
import io.rookery.sending.internal.mime.Mail;
import io.rookery.sending.internal.mime.MimeWriter;
import io.rookery.spi.mail.Account;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.ReceivedMessage;
import io.rookery.testkit.mail.RecordingOutcomes;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import io.rookery.testkit.peers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Writes mails of many shapes, signs them and hands them over as the product does, and has what
 * arrived verified by Rspamd, which asks Knot DNS for the keys.
 */
public final class SigningRun implements AutoCloseable {

  private static final int BLOCK = 1000;
  private static final int VERIFIERS = 4;
  private static final int MOST_TOLD = 20;

  private final List<SigningDomain> domains;
  private final List<DkimSigner> signers;
  private final NameServer names;
  private final Rspamd rspamd;
  private final Consumer<String> report;
  private long signingNanos;
  private int told;

  /** What came of a run. */
  public record Result(int verified, int failed) {}

  /** Starts the servers in a folder; lines for people go to the report. */
  public SigningRun(Path folder, Signatures signatures, Consumer<String> report) throws Exception {
    this.domains =
        List.of(SigningDomain.create("news.example.com"), SigningDomain.create("example.org"));
    this.signers = domains.stream().map(d -> new DkimSigner(signatures, d.keys())).toList();
    this.report = report;
    Path knot = Files.createDirectories(folder.resolve("knot"));
    Path spam = Files.createDirectories(folder.resolve("rspamd"));
    this.names =
        NameServer.start(
            knot,
            FreePorts.next(),
            domains.stream().collect(Collectors.toMap(SigningDomain::name, SigningDomain::zone)));
    this.rspamd = Rspamd.start(spam, names.port());
  }

  /**
   * Sends and verifies a number of mails.
   *
   * @param sabotage whether the last octet of every hundredth mail changes after it was signed
   */
  public Result run(int count, long seed, boolean sabotage) throws Exception {
    Shapes shapes = new Shapes(seed);
    int failed = 0;
    for (int from = 0; from < count; from += BLOCK) {
      List<SignedMail> block = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + BLOCK); i++) {
        SignedMail mail = sign(shapes, i);
        if (sabotage && i % 100 == 0) {
          mail.content()[lastOctet(mail.content())] ^= 1;
        }
        block.add(mail);
      }
      failed += failures(block, send(block));
    }
    return new Result(count - failed, failed);
  }

  private SignedMail sign(Shapes shapes, int number) {
    int choice = number % domains.size();
    String signer = domains.get(choice).name();
    // Every other mail is signed by a domain above its own, which is aligned too (RFC 9989 §4.4).
    Mail mail = shapes.next(number % 4 < 2 ? signer : "sub." + signer);
    byte[] written = MimeWriter.write(mail);
    long begin = System.nanoTime();
    byte[] signed = signers.get(choice).sign(written, mail.date());
    signingNanos += System.nanoTime() - begin;
    return new SignedMail(mail, domains.get(choice), signed);
  }

  /** Returns where the last octet stands that is no line end. */
  private static int lastOctet(byte[] content) {
    int at = content.length - 1;
    while (content[at] == '\r' || content[at] == '\n') {
      at--;
    }
    return at;
  }

  /** Returns how long signing took in all, in seconds. */
  public double signingSeconds() {
    return signingNanos / 1e9;
  }

  private static List<ReceivedMessage> send(List<SignedMail> block) throws Exception {
    SmtpBackend backend = new SmtpBackend(new DirectEgress());
    try (ScriptedSmtpServer server = new ScriptedSmtpServer()) {
      Map<String, String> settings =
          Map.of("host", "127.0.0.1", "port", Integer.toString(server.port()), "security", "none");
      Account account =
          new Account(
              UUID.randomUUID(), UUID.randomUUID(), "news@example.com", settings, Map.of(), 1);
      ListSource mails = new ListSource(block.stream().map(SignedMail::toRaw).toList());
      backend.send(account, mails, new RecordingOutcomes());
      return server.received();
    } finally {
      backend.close();
    }
  }

  private int failures(List<SignedMail> sent, List<ReceivedMessage> received) throws Exception {
    Map<String, byte[]> arrived = new HashMap<>();
    for (ReceivedMessage message : received) {
      arrived.put(messageId(message.text()), message.content());
    }
    ExecutorService threads = Executors.newFixedThreadPool(VERIFIERS);
    try {
      List<Future<List<String>>> verdicts = new ArrayList<>();
      for (SignedMail mail : sent) {
        String id = Mail.messageId(mail.mail().id(), mail.mail().host());
        verdicts.add(threads.submit(() -> complaints(mail, arrived.get(id))));
      }
      int failed = 0;
      for (Future<List<String>> verdict : verdicts) {
        failed += told(verdict) ? 1 : 0;
      }
      return failed;
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean told(Future<List<String>> verdict)
      throws InterruptedException, ExecutionException {
    List<String> complaints = verdict.get();
    if (!complaints.isEmpty() && told++ < MOST_TOLD) {
      report.accept(String.join("; ", complaints));
    }
    return !complaints.isEmpty();
  }

  private static String messageId(String text) {
    int begin = text.indexOf("\r\nMessage-ID: ") + 14;
    return text.substring(begin, text.indexOf("\r\n", begin));
  }

  private List<String> complaints(SignedMail mail, byte[] arrived)
      throws IOException, InterruptedException {
    if (arrived == null) {
      return List.of("A mail did not arrive");
    }
    List<String> complaints = new ArrayList<>(SignedMail.lacks(mail, arrived));
    Set<String> found = rspamd.signatures(arrived);
    if (!found.equals(mail.wanted())) {
      complaints.add(mail.mail().id() + " has " + found + " instead of " + mail.wanted());
    }
    return complaints;
  }

  @Override
  public void close() throws InterruptedException {
    rspamd.close();
    names.close();
  }
}
