// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.util.List;

/** A filter as a template calls it. */
record FilterCall(String name, Filters.Filter filter, List<Expression> arguments) {

  Object apply(Object input, Rendering rendering) {
    Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).evaluate(rendering);
      rendering.work(values[i]);
    }
    rendering.step(1);
    rendering.work(input);
    return filter.apply(input, values, rendering);
  }
}
