// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.people.EmailAddressService.NewAddress;
import io.rookery.rest.internal.param.Checks;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.media.Schema;

/** What is said of the addresses that people sign in with. */
public final class EmailAddressDtos {

  private EmailAddressDtos() {}

  /** The address that a person wants, and the person's password. */
  public record AddressChangeRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String email,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String password) {

    /** Returns it for the service. */
    public NewAddress toNew() {
      new Checks()
          .text("/email", email)
          .longest("/email", email, 254)
          .given("/password", password)
          .done();
      return new NewAddress(email, Secret.of(password));
    }

    @Override
    public String toString() {
      return "AddressChangeRequest[]";
    }
  }

  /** The token of a mailed link. */
  public record AddressVerifyRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String token) {

    /** Returns the token. */
    public Secret toSecret() {
      new Checks().text("/token", token).done();
      return Secret.of(token);
    }

    @Override
    public String toString() {
      return "AddressVerifyRequest[]";
    }
  }

  /** That mail is on its way. */
  @Schema(name = "AddressAsked")
  public record AddressAskedView(String detail) {

    /** To the present address. */
    public static final AddressAskedView PRESENT =
        new AddressAskedView("A mail with a link is on its way to the account's address");

    /** The same for whatever address. */
    public static final AddressAskedView OTHER =
        new AddressAskedView(
            "Where no other account has the address, a mail with a link is on its way to it");
  }
}
