// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.core.Response;

/** The page on which campaigns are watched and caught mails are read; it works by the API alone. */
@Address("/")
@Path("/")
@Public
@Hidden
public final class RootResource implements RestResource {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  /**
   * Where a caught mail is shown: styles of its own, images in it, and no more. It has this page's
   * origin, so that the page can write into it, and runs nothing.
   */
  private static final String MAIL_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self';"
          + " base-uri 'none'; form-action 'none'; sandbox allow-same-origin";

  private static final String MAIL = "mail.html";
  private static final Map<String, String> FILES =
      Map.of(
          "", "/web/index.html",
          "app.css", "/web/app.css",
          "account.js", "/web/account.js",
          "app.js", "/web/app.js",
          "dom.js", "/web/dom.js",
          "mail.js", "/web/mail.js",
          "queue.js", "/web/queue.js",
          "session.js", "/web/session.js",
          "signin.js", "/web/signin.js",
          "favicon.svg", "/web/favicon.svg");

  private final StaticFiles files = new StaticFiles(FILES, POLICY);
  private final StaticFiles mails = new StaticFiles(Map.of(MAIL, "/web/mail.html"), MAIL_POLICY);

  /** Gives the page. */
  @GET
  public Response getPage() {
    return files.get("");
  }

  /** Gives a file of the page. */
  @GET
  @Path("assets/{file}")
  public Response getAsset(@PathParam("file") String file) {
    return file.equals(MAIL)
        ? Response.fromResponse(mails.get(MAIL)).header("X-Frame-Options", "SAMEORIGIN").build()
        : files.get(file);
  }
}
