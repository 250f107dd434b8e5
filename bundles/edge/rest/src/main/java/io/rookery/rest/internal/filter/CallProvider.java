// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import org.apache.cxf.jaxrs.ext.ContextProvider;
import org.apache.cxf.message.Message;

/** Hands the {@link Call} of the request to resource methods. */
public final class CallProvider implements ContextProvider<Call> {

  @Override
  public Call createContext(Message message) {
    Call call = Exchanges.property(message, Exchanges.CALL, Call.class);
    if (call == null) {
      throw new IllegalStateException("A public method knows no caller");
    }
    return call;
  }
}
