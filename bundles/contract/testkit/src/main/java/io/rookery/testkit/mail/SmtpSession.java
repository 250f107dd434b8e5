// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of the scripted server. */
final class SmtpSession implements SmtpStep.Peer {

  private static final Pattern BEARER =
      Pattern.compile(
          "(?:user=|n,a=)([^,\u0001]+),?\u0001(?:.*\u0001)?auth=Bearer ([^\u0001]+)\u0001\u0001");

  private final ScriptedSmtpServer server;
  private final Socket tcp;
  private final int number;
  private final List<String> recipients = new ArrayList<>();
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private SmtpStage stage = SmtpStage.GREETING;
  private String line = "";
  private String mail;
  private byte[] content = {};
  private int lastCode;
  private boolean signedIn;
  private boolean secure;

  SmtpSession(ScriptedSmtpServer server, Socket tcp, int number) {
    this.server = server;
    this.tcp = tcp;
    this.number = number;
  }

  void run() {
    try (tcp) {
      use(tcp);
      if (server.isTlsFromTheStart()) {
        secure();
      }
      act(SmtpStage.GREETING);
      while (stage != SmtpStage.QUIT) {
        line = readLine();
        server.note(new ScriptedSmtpServer.Command(number, line, in.available() > 0));
        answer();
      }
    } catch (IOException e) {
      // The client left, or the script cut the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.ended(tcp);
    }
  }

  private void use(Socket next) throws IOException {
    socket = next;
    in = new BufferedInputStream(next.getInputStream(), 1 << 16);
    out = next.getOutputStream();
  }

  private void secure() throws IOException {
    use(server.tls().getSocketFactory().createSocket(socket, null, false));
    secure = true;
  }

  private void answer() throws IOException, InterruptedException {
    SmtpStage named = named(line);
    if (named == null) {
      reply("500 5.5.2 unknown command");
      return;
    }
    act(named);
    switch (named) {
      case MAIL -> begin();
      case RCPT -> addRecipient();
      case DATA -> takeContent();
      case STARTTLS -> upgrade();
      case RSET -> recipients.clear();
      default -> {}
    }
  }

  private static SmtpStage named(String line) {
    String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    for (SmtpStage stage : SmtpStage.values()) {
      boolean command = stage != SmtpStage.GREETING && stage != SmtpStage.CONTENT;
      if (command && stage.name().equals(verb)) {
        return stage;
      }
    }
    return null;
  }

  private void act(SmtpStage next) throws IOException, InterruptedException {
    stage = next;
    lastCode = 0;
    server.step(next).run(this);
  }

  private void begin() {
    mail = lastCode / 100 == 2 ? line : null;
    recipients.clear();
  }

  private void addRecipient() {
    if (lastCode / 100 == 2) {
      recipients.add(line.substring(line.indexOf('<') + 1, line.lastIndexOf('>')));
    }
  }

  private void upgrade() throws IOException {
    if (lastCode == 220) {
      secure();
    }
  }

  private void takeContent() throws IOException, InterruptedException {
    if (lastCode == 354) {
      content = readContent();
      act(SmtpStage.CONTENT);
      mail = null;
      recipients.clear();
    }
  }

  @Override
  public void usual() throws IOException {
    switch (stage) {
      case GREETING -> reply("220 scripted.example ESMTP");
      case EHLO -> hello();
      case AUTH -> signIn();
      case MAIL -> reply(mayMail() ? "250 2.1.0 Ok" : "530 5.7.0 Authentication required");
      case RCPT -> reply(mail == null ? "503 5.5.1 MAIL first" : "250 2.1.5 Ok");
      case DATA -> reply(recipients.isEmpty() ? "554 5.5.1 No valid recipients" : "354 Go on");
      case CONTENT -> {
        take();
        reply("250 2.0.0 Ok: queued as T" + server.received().size());
      }
      case STARTTLS -> reply(server.tls() == null ? "502 5.5.1 No TLS" : "220 2.0.0 Go on");
      case QUIT -> reply("221 2.0.0 Bye");
      default -> reply("250 2.0.0 Ok");
    }
  }

  private boolean mayMail() {
    return server.username() == null || signedIn;
  }

  private void hello() throws IOException {
    List<String> lines = new ArrayList<>(List.of("scripted.example"));
    lines.addAll(server.extensions());
    if (server.tls() != null && !secure) {
      lines.add("STARTTLS");
    }
    if (server.username() != null) {
      lines.add("AUTH " + server.mechanisms());
    }
    for (int i = 0; i < lines.size(); i++) {
      reply((i == lines.size() - 1 ? "250 " : "250-") + lines.get(i));
    }
  }

  private void signIn() throws IOException {
    String[] words = line.split(" ");
    if (server.userOfToken() != null) {
      bearer(words);
      return;
    }
    String name;
    String secret;
    if (words[1].equalsIgnoreCase("LOGIN")) {
      reply("334 VXNlcm5hbWU6");
      name = decode(readLine());
      reply("334 UGFzc3dvcmQ6");
      secret = decode(readLine());
    } else {
      String[] parts = decode(words[2]).split("\0", 3);
      name = parts[1];
      secret = parts[2];
    }
    signedIn = name.equals(server.username()) && secret.equals(server.password());
    reply(signedIn ? "235 2.7.0 Welcome" : "535 5.7.8 Wrong: " + words[words.length - 1]);
  }

  /** XOAUTH2 and OAUTHBEARER (RFC 7628 §3.2.3): a refusal is told in a challenge first. */
  private void bearer(String[] words) throws IOException {
    String response = words.length > 2 ? words[2] : challenge("");
    Matcher told = BEARER.matcher(decode(response));
    signedIn = told.matches() && told.group(1).equals(server.userOfToken().apply(told.group(2)));
    if (!signedIn) {
      String why = "{\"status\":\"invalid_token\"}";
      challenge(Base64.getEncoder().encodeToString(why.getBytes(StandardCharsets.UTF_8)));
    }
    reply(signedIn ? "235 2.7.0 Welcome" : "535 5.7.8 Wrong: " + response);
  }

  private String challenge(String text) throws IOException {
    reply("334 " + text);
    String response = readLine();
    server.note(new ScriptedSmtpServer.Command(number, response, in.available() > 0));
    return response;
  }

  private static String decode(String value) {
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  @Override
  public void take() {
    server.keep(new ReceivedMessage(mail, recipients, content));
  }

  @Override
  public void reply(String text) throws IOException {
    String last = text.substring(text.lastIndexOf('\n') + 1);
    lastCode = last.matches("[0-9]{3}.*") ? Integer.parseInt(last.substring(0, 3)) : 0;
    raw((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void raw(byte[] octets) throws IOException {
    int step = server.isDribbling() ? 1 : octets.length;
    for (int i = 0; i < octets.length; i += step) {
      out.write(octets, i, Math.min(step, octets.length - i));
      out.flush();
    }
  }

  @Override
  public void swallow() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
    throw new EOFException("The client left");
  }

  @Override
  public void drop() throws IOException {
    tcp.close();
    throw new EOFException("Cut by the script");
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    int octet = in.read();
    while (octet != '\n') {
      if (octet < 0) {
        throw new EOFException("The client left");
      }
      octets.write(octet);
      octet = in.read();
    }
    String text = octets.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Reads up to the final dot, octet by octet, and takes the stuffed dots out. */
  private byte[] readContent() throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    StringBuilder current = new StringBuilder();
    while (true) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("The client left within the content");
      }
      current.append((char) octet);
      boolean ended =
          octet == '\n' && current.length() > 1 && current.charAt(current.length() - 2) == '\r';
      if (ended) {
        if (current.toString().equals(".\r\n")) {
          return octets.toByteArray();
        }
        String kept = current.charAt(0) == '.' ? current.substring(1) : current.toString();
        octets.writeBytes(kept.getBytes(StandardCharsets.ISO_8859_1));
        current.setLength(0);
      }
    }
  }
}
