// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import io.rookery.tenancy.internal.audit.head.Head.Signed;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Where copies of heads are kept, which are only ever added to. */
public interface HeadStore {

  /** Returns where that is, for people. */
  String place();

  /**
   * Adds heads; they are kept when the call returns.
   *
   * @throws IOException where they may not be kept; they are to be added again then
   */
  void append(List<Signed> heads, Instant now) throws IOException;

  /**
   * Reads all heads in the order in which they were copied, so many at a time.
   *
   * @return how many lines could not be read
   */
  long read(Consumer<List<Signed>> heads) throws IOException;
}
