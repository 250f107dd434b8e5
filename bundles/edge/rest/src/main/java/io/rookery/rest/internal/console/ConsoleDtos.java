// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.console;

import io.rookery.api.people.Belonging;
import io.rookery.api.people.Role;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.rest.internal.dto.PeopleDtos.ChallengeView;
import io.rookery.rest.internal.param.Checks;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the page is told of a session: never the refresh token, which its cookie holds. */
public final class ConsoleDtos {

  private ConsoleDtos() {}

  /** A session as the page has it, or the question for a code; the other is null. */
  public record ConsoleView(SignedInView session, ChallengeView challenge) {}

  /** A session as the page has it. */
  public record SignedInView(
      UUID id,
      UUID tenantId,
      Role role,
      String accessToken,
      Instant accessTokenExpiresAt,
      List<BelongingView> tenants) {

    static SignedInView of(Tokens tokens, List<Belonging> belongings) {
      return new SignedInView(
          tokens.sessionId(),
          tokens.tenantId(),
          tokens.role(),
          tokens.access().reveal(),
          tokens.accessExpiresAt(),
          belongings.stream().map(BelongingView::of).toList());
    }

    @Override
    public String toString() {
      return "SignedInView[" + id + "]";
    }
  }

  /** A tenant that the person may go on in. */
  public record BelongingView(UUID tenantId, String slug, String name, Role role) {

    static BelongingView of(Belonging b) {
      return new BelongingView(b.tenantId(), b.slug(), b.name(), b.role());
    }
  }

  /** The tenant to go on in, by id or slug. */
  public record EnterRequest(String tenant) {

    String checked() {
      new Checks().text("/tenant", tenant).done();
      return tenant;
    }
  }
}
