// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.plugin.Setting;
import io.rookery.spi.plugin.Setting.Type;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An account's settings, checked.
 *
 * @param username null where nobody signs in
 * @param secret the password or the access token; null exactly where the username is
 * @param helloName null for the address literal of our end
 * @param envelopeSender who may stand in MAIL FROM
 */
record SmtpSettings(
    String host,
    int port,
    Security security,
    String username,
    Secret secret,
    Authentication authentication,
    Mechanism mechanism,
    boolean plainAuth,
    int connections,
    String helloName,
    EnvelopeSender envelopeSender) {

  /** How the connection is protected. */
  enum Security {
    STARTTLS,
    TLS,
    NONE
  }

  /** What an account signs in with. */
  enum Authentication {
    PASSWORD("password", List.of(Mechanism.PLAIN, Mechanism.LOGIN)),
    /** An access token; both large providers document XOAUTH2, so it comes first. */
    OAUTH2(OAuth2.ACCESS_TOKEN, List.of(Mechanism.XOAUTH2, Mechanism.OAUTHBEARER));

    private final String credential;
    private final List<Mechanism> mechanisms;

    Authentication(String credential, List<Mechanism> mechanisms) {
      this.credential = credential;
      this.mechanisms = mechanisms;
    }

    /** Returns the mechanisms that carry it, the preferred one first. */
    List<Mechanism> mechanisms() {
      return mechanisms;
    }
  }

  /** How to sign in (RFC 4954). */
  enum Mechanism {
    AUTO,
    PLAIN,
    LOGIN,
    XOAUTH2,
    OAUTHBEARER
  }

  private static final String ENVELOPE_SENDER = "envelope_sender";

  /** Who may stand in MAIL FROM. */
  enum EnvelopeSender {
    /** The mailbox alone, as most servers that one signs in to demand. */
    MAILBOX,
    /** Return paths of messages too: the server sends for them by their SPF records. */
    RETURN_PATH
  }

  /** What the platform asks for, in the order to show it. */
  static final List<Setting> DECLARED =
      List.of(
          Setting.required("host", Type.HOST, "Host name of the SMTP server"),
          Setting.optional("port", Type.PORT, "587", "Port: 587 for starttls, 465 for tls"),
          Setting.choice(
              "security",
              "starttls and tls are both required to work; none is for a relay of your own",
              List.of("starttls", "tls", "none")),
          Setting.optional("username", Type.TEXT, null, "User name; without it nobody signs in"),
          Setting.optional("password", Type.SECRET, null, "Password or app password"),
          Setting.choice(
              OAuth2.SETTING,
              "What to sign in with; oauth2 takes the token of the account that consented, and as"
                  + " user name the mailbox's address where none is set",
              List.of("password", OAuth2.CHOICE)),
          Setting.choice(
              "auth",
              "How to sign in; auto, or what cannot carry the credential, takes the best offered",
              List.of("auto", "plain", "login", "xoauth2", "oauthbearer")),
          Setting.optional(
              "plain_auth", Type.BOOLEAN, "false", "Whether to sign in without TLS, in clear"),
          Setting.optional("connections", Type.INTEGER, "4", "Connections at a time, 1 to 64"),
          Setting.optional(
              "hello_name", Type.TEXT, null, "Name to give in EHLO; our IP address where not set"),
          Setting.choice(
              ENVELOPE_SENDER,
              "mailbox, or return_path where the server takes any envelope sender and the SPF record"
                  + " of the operator's return path lists it; bounces then name their message",
              List.of("mailbox", "return_path")));

  private static final int MOST_CONNECTIONS = 64;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

  /**
   * Reads an account's settings.
   *
   * @throws BackendException of kind {@code CONFIGURATION}, saying which setting cannot work
   */
  static SmtpSettings of(Account account) throws BackendException {
    Authentication authentication = choice(account, OAuth2.SETTING, Authentication.class);
    String username = text(account, "username");
    if (username == null && authentication == Authentication.OAUTH2) {
      username = account.address();
    }
    Secret secret = account.credentials().get(authentication.credential);
    if (username != null && secret == null) {
      throw wrong(
          authentication == Authentication.OAUTH2
              ? "There is no access token: the mailbox has yet to be connected by OAuth 2"
              : "There is a username but no password");
    }
    return new SmtpSettings(
        host(account),
        number(account, "port", 587, 65_535),
        choice(account, "security", Security.class),
        username,
        username == null ? null : secret,
        authentication,
        mechanism(account, authentication),
        Boolean.parseBoolean(text(account, "plain_auth")),
        number(account, "connections", 4, MOST_CONNECTIONS),
        helloName(account),
        choice(account, ENVELOPE_SENDER, EnvelopeSender.class));
  }

  /** Returns whether messages of an account may have return paths of their own. */
  static boolean freeEnvelopeSender(Account account) {
    try {
      return choice(account, ENVELOPE_SENDER, EnvelopeSender.class) == EnvelopeSender.RETURN_PATH;
    } catch (BackendException e) {
      // The call that follows will say what is wrong.
      return false;
    }
  }

  private static String host(Account account) throws BackendException {
    String host = text(account, "host");
    if (host == null) {
      throw wrong("The setting host is missing");
    }
    return host;
  }

  /**
   * A consent, and a password in its place, change what an account signs in with and leave {@code
   * auth} as it is: a mechanism that does not carry it says nothing.
   */
  private static Mechanism mechanism(Account account, Authentication authentication)
      throws BackendException {
    Mechanism wanted = choice(account, "auth", Mechanism.class);
    return authentication.mechanisms.contains(wanted) ? wanted : Mechanism.AUTO;
  }

  private static String helloName(Account account) throws BackendException {
    String name = text(account, "hello_name");
    if (name != null && !NAME.matcher(name).matches()) {
      throw wrong("hello_name is neither a host name nor an address literal");
    }
    return name;
  }

  private static int number(Account account, String name, int byDefault, int most)
      throws BackendException {
    String value = text(account, name);
    if (value == null) {
      return byDefault;
    }
    if (!value.matches("[0-9]{1,9}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > most) {
      throw wrong(name + " must be a number from 1 to " + most);
    }
    return Integer.parseInt(value);
  }

  private static <E extends Enum<E>> E choice(Account account, String name, Class<E> type)
      throws BackendException {
    String value = text(account, name);
    if (value == null) {
      return type.getEnumConstants()[0];
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    throw wrong(name + " has a value that is none of its choices");
  }

  private static String text(Account account, String name) {
    String value = account.settings().get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static BackendException wrong(String detail) {
    return new BackendException(Kind.CONFIGURATION, detail, null, null);
  }
}
