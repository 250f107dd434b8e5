// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;

/** Answers what is no request at all with a status and nothing that tells of the container. */
final class BareErrors extends ErrorHandler {

  @Override
  public void handle(
      String target, Request request, HttpServletRequest asked, HttpServletResponse answer)
      throws IOException {
    AnswerHeaders.each(answer::setHeader);
    request.setHandled(true);
    answer.setContentLength(0);
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields fields) {
    AnswerHeaders.each(fields::put);
    return BufferUtil.EMPTY_BUFFER;
  }
}
