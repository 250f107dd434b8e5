// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import static java.util.Map.entry;

import java.util.Map;

/** Operations that take no key, or show every tenant the same, and why that is right. */
public final class OpenDoors {

  private static final String TOKEN =
      "recipients and their providers have no key; the token, which holds its tenant, is the right";

  private static final String SIGNING_IN =
      "who is not signed in has no access token; the token in the body is the right";

  private static final String MAILED =
      "who comes by a mailed link is not signed in; the token, which holds whom it is for, is the right";

  /** Operations that need no key. */
  public static final Map<String, String> PUBLIC =
      Map.ofEntries(
          entry("GET /api", "tells where this document is"),
          entry("GET /health/live", "probes have no key; says one word"),
          entry("GET /health/ready", "probes have no key; names parts of the platform, no tenant"),
          entry(
              "GET /oauth/callback",
              "mail providers send browsers here; the state, which holds its tenant, is the right"),
          entry("GET /u/{token}", TOKEN),
          entry("POST /u/{token}", TOKEN),
          entry("GET /t/o/{token}", TOKEN),
          entry("GET /t/c/{token}", TOKEN),
          entry("GET /account/unlock/{token}", MAILED),
          entry("POST /account/unlock/{token}", MAILED),
          entry("GET /account/reset/{token}", MAILED),
          entry("POST /account/reset/{token}", MAILED),
          entry("GET /account/verify/{token}", MAILED),
          entry("POST /account/verify/{token}", MAILED),
          entry("POST /api/v1/email-address/verify", MAILED),
          entry("GET /account/invitation/{token}", MAILED),
          entry("POST /account/invitation/{token}", MAILED),
          entry("POST /api/v1/invitations/accept", MAILED),
          entry(
              "POST /api/v1/password-resets",
              "who forgot the password cannot sign in; every answer is the same"),
          entry("POST /api/v1/password-resets/redeem", MAILED),
          entry(
              "GET /t/p/{token}",
              "the platform asks itself; the answer tells nothing but that it is the platform"),
          entry(
              "POST /api/v1/sessions",
              "who is not signed in has no token; every refusal reads the same"),
          entry("POST /api/v1/sessions/verify", SIGNING_IN),
          entry("POST /api/v1/sessions/refresh", SIGNING_IN),
          entry("POST /api/v1/sessions/unlock", SIGNING_IN),
          entry(
              "GET /.well-known/rookery/ask",
              "proxies have no key; says of a host what connecting to it shows"));

  /** Operations whose answer is about the platform, so that all tenants get the same. */
  public static final Map<String, String> SHARED =
      Map.of(
          "GET /api/v1/backends",
          "lists the software that is installed",
          "GET /api/v1/plans",
          "lists what everybody can subscribe to");

  private OpenDoors() {}
}
