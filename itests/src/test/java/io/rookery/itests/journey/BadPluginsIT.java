// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.rookery.itests.running.PluginJar;
import io.rookery.itests.running.RemoteShell;
import io.rookery.itests.running.Scratch;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * Plugins that hang, throw, do not start, leave threads behind or vanish, inside the distribution:
 * others send on, the shell says what is wrong, and no mail is lost once a good version is there.
 */
public class BadPluginsIT {

  private static final Path FAULTY = Path.of(System.getProperty("rookery.faulty"));

  private final GreenMail mailServer = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final List<String> installed = new ArrayList<>();
  private RemoteShell shell;
  private Path folder;

  @Before
  public void start() throws Exception {
    mailServer.start();
    shell = RemoteShell.open(Platform.running());
    folder = Scratch.folder();
  }

  @After
  public void stop() throws Exception {
    for (String bundle : installed) {
      shell.run("bundle:uninstall " + bundle);
    }
    shell.close();
    mailServer.stop();
  }

  @Test
  public void pluginThatHangsShouldBeShownAndLeft() throws Exception {
    install("hanging", "1.0.0", "hang");
    PluginUser user = PluginUser.start("hanging", mailServer.getSmtp().getPort());
    user.awaitProgress(progress -> progress.path("in_doubt").asInt() > 0);
    othersShouldSendOn();
    awaitShell("backend-list --json --name hanging", "\"silent_calls\":1");
    awaitShell("plugin-list --json", "silent for 30 s");
    replace("hanging", "1.1.0");
    everythingShouldArriveOnce(user);
  }

  @Test
  public void pluginThatThrowsShouldBeShownAndReplaced() throws Exception {
    install("throwing", "1.0.0", "throw");
    PluginUser user = PluginUser.start("throwing", mailServer.getSmtp().getPort());
    awaitShell("backend-list --json --name throwing", "\"problem\":\"");
    awaitShell("plugin-list --json", "io.rookery.mail.throwing");
    othersShouldSendOn();
    replace("throwing", "1.1.0");
    everythingShouldArriveOnce(user);
  }

  @Test
  public void pluginThatDoesNotStartShouldSayWhy() throws Exception {
    String bundle = install("lame", "1.0.0", "good");
    PluginUser user = PluginUser.start("lame", mailServer.getSmtp().getPort());
    user.awaitProgress(progress -> progress.path("sent").asInt() > 0);
    shell.run("bundle:update " + bundle + " " + jar("lame", "1.1.0", "activation"));
    awaitShell("plugin-list --json", "This plugin never starts");
    user.awaitHeldBack("lame");
    othersShouldSendOn();
    shell.run("bundle:update " + bundle + " " + jar("lame", "1.2.0", "good"));
    everythingShouldArriveOnce(user);
  }

  @Test
  public void threadsThatPluginLeavesShouldBeShown() throws Exception {
    install("leaking", "1.0.0", "threads");
    PluginUser user = PluginUser.start("leaking", mailServer.getSmtp().getPort());
    everythingShouldArriveOnce(user);
    shell.run("bundle:uninstall " + installed.remove(0));
    awaitShell("plugin-list --json", "left 3 threads");
    othersShouldSendOn();
  }

  @Test
  public void pluginThatVanishesShouldTakeNothingWithIt() throws Exception {
    install("vanishing", "1.0.0", "vanish");
    PluginUser user = PluginUser.start("vanishing", mailServer.getSmtp().getPort());
    user.awaitHeldBack("vanishing");
    installed.clear();
    othersShouldSendOn();
    install("vanishing", "1.1.0", "good");
    everythingShouldArriveOnce(user);
  }

  private String jar(String name, String version, String mode) throws Exception {
    return PluginJar.copyOf(FAULTY)
        .symbolicName("io.rookery.mail." + name)
        .version(version)
        .property("backend", name)
        .property("mode", mode)
        .write(folder.resolve(name + "-" + version + ".jar"))
        .toUri()
        .toString();
  }

  private String install(String name, String version, String mode) throws Exception {
    String answer = shell.run("bundle:install -s -l 80 " + jar(name, version, mode));
    String bundle = answer.replaceAll("\\D", "");
    installed.add(bundle);
    awaitShell("backend-list --json --name " + name, "\"version\":\"" + version + "\"");
    return bundle;
  }

  /** Installs a good version beside the bad one and has everybody use it. */
  private void replace(String name, String version) throws Exception {
    install(name, version, "good");
    shell.run("rookery:backend-move " + name + " " + version);
    shell.run("rookery:backend-settle " + name);
  }

  private void awaitShell(String command, String shown) throws Exception {
    await(shown)
        .atMost(Duration.ofMinutes(1))
        .until(() -> shell.run("rookery:" + command), text -> text.contains(shown));
  }

  private static void othersShouldSendOn() throws Exception {
    PluginUser other = PluginUser.start("sandbox", 0);
    other.awaitProgress(progress -> progress.path("sent").asInt() == PluginUser.CONTACTS);
  }

  /** Each message comes once, what is in doubt when somebody has decided to send it again. */
  private void everythingShouldArriveOnce(PluginUser user) throws Exception {
    user.awaitProgress(
        now -> now.path("sent").asInt() + now.path("in_doubt").asInt() == PluginUser.CONTACTS);
    user.requeueDoubtful();
    JsonNode progress = user.awaitProgress(now -> now.path("sent").asInt() == PluginUser.CONTACTS);
    Map<String, Integer> received = new TreeMap<>();
    for (MimeMessage message : mailServer.getReceivedMessages()) {
      received.merge(recipient(message), 1, Integer::sum);
    }
    assertEquals(received.toString(), progress.path("sent").asInt(), received.size());
    assertTrue(received.toString(), received.values().stream().allMatch(count -> count == 1));
  }

  private static String recipient(MimeMessage message) {
    try {
      return message.getAllRecipients()[0].toString();
    } catch (MessagingException e) {
      throw new AssertionError("A message without a recipient came", e);
    }
  }
}
