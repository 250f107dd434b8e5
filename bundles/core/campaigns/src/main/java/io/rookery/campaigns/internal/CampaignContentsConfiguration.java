// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Rookery campaign contents")
@interface CampaignContentsConfiguration {

  /** How many compiled contents a node keeps; each takes about twice its template's size. */
  @AttributeDefinition(name = "Compiled contents kept in memory")
  int cache_size() default 200;
}
