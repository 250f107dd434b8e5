// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.Reader;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's files. */
class ClientTest {

  private static final Map<String, String> ACME =
      Map.of(
          "name", "acme",
          "client_id", "rookery",
          "authorization_endpoint", "https://acme.example/authorize?tenant=1",
          "token_endpoint", "https://acme.example:8443/token",
          "redirect_uri", "http://127.0.0.1:8181/oauth/callback",
          "parameters", "access_type=offline&prompt=consent",
          "hosts", "smtp.acme.example, Relay.acme.example");

  /** Reads keys as the container does: two underscores in a name stand for one. */
  private static ClientConfiguration file(Map<?, ?> keys) {
    return (ClientConfiguration)
        Proxy.newProxyInstance(
            ClientConfiguration.class.getClassLoader(),
            new Class<?>[] {ClientConfiguration.class},
            (proxy, method, arguments) -> {
              Object value = keys.get(method.getName().replace("__", "_"));
              return value == null ? method.getDefaultValue() : value;
            });
  }

  private static ClientConfiguration with(String key, String value) {
    Map<String, String> keys = new HashMap<>(ACME);
    keys.put(key, value);
    return file(keys);
  }

  @ParameterizedTest
  @CsvSource({
    "google, smtp.gmail.com",
    "microsoft, smtp.office365.com smtp-mail.outlook.com",
  })
  void aShippedFileShouldLackTheRegistrationAlone(String name, String hosts) throws Exception {
    Properties keys = new Properties();
    String place = "etc/io.rookery.mailboxes.oauth-" + name + ".cfg";
    try (Reader in = Files.newBufferedReader(Path.of("../../..", place))) {
      keys.load(in);
    }
    assertThat(new ConfiguredClient(file(keys)).client()).isNull();
    keys.put("client_id", "id");
    keys.put("redirect_uri", "https://mail.example.com/oauth/callback");
    Client client = new ConfiguredClient(file(keys)).client();
    assertThat(client.name()).isEqualTo(name);
    assertThat(client.secretReference()).isEqualTo("oauth/" + name);
    assertThat(client.scopes()).isNotEmpty();
    assertThat(client.hosts()).containsExactlyInAnyOrder(hosts.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "name, Acme",
    "name, ''",
    "authorization_endpoint, ''",
    "token_endpoint, http://acme.example/token",
    "token_endpoint, not an address",
    "token_endpoint, https://user:word@acme.example/token",
    "redirect_uri, ftp://acme.example/",
    "redirect_uri, ''",
    "parameters, a=b&c d=e",
    "hosts, ''",
    "hosts, ','",
    "hosts, *.acme.example",
    "hosts, smtp.acme.example relay.acme.example"
  })
  void aFileThatCannotWorkShouldBeToldByItsKey(String key, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfiguredClient(with(key, value)))
        .withMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource({
    "smtp.acme.example, starttls, true",
    "SMTP.Acme.Example, tls, true",
    "relay.acme.example, , true",
    "smtp.acme.example, none, false",
    "smtp.acme.example.evil.example, tls, false",
    "acme.example, tls, false",
    "smtp.acme.example., tls, false",
    ", tls, false"
  })
  void tokensShouldGoToTheHostsOfTheFileAloneAndOverTlsAlone(
      String host, String security, boolean go) {
    Map<String, String> settings = new HashMap<>();
    settings.computeIfAbsent("host", none -> host);
    settings.computeIfAbsent("security", none -> security);
    Client client = new ConfiguredClient(file(ACME)).client();
    assertThat(client.objection(TokenReceiver.of(settings)).isEmpty()).isEqualTo(go);
  }

  @Test
  void aFileShouldBeOfferedWhileItIsThere() {
    Clients clients = new Clients();
    ConfiguredClient acme = new ConfiguredClient(file(ACME));
    ConfiguredClient waiting = new ConfiguredClient(with("client_id", " "));
    clients.bindClient(acme);
    clients.bindClient(waiting);
    assertThat(clients.names()).containsExactly("acme");
    assertThat(clients.find("acme").orElseThrow().secretReference()).isNull();
    clients.unbindClient(acme);
    assertThat(clients.names()).isEmpty();
    assertThat(clients.find("acme")).isEmpty();
  }
}
