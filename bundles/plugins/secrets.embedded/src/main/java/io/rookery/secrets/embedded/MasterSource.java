// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.util.List;

/** Where a master key comes from. */
interface MasterSource {

  /** Returns the key for a store that is new, made now where there is none. */
  MasterKey create();

  /** Takes back what {@link #create} has just made: another node's key won. */
  void discard();

  /** Returns the keys that may be one of those that the store names; makes none. */
  List<MasterKey> candidates(MasterRecord record);
}
