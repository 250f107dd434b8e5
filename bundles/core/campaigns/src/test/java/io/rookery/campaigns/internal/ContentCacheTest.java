// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.campaigns.internal.content.ContentCompiler;
import io.rookery.campaigns.internal.content.ContentSource;
import io.rookery.kernel.Uuids;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ContentCacheTest {

  private static CampaignContent content() {
    CampaignData data =
        new CampaignData(
            "C", null, List.of(), List.of(), null, null, Category.COMMERCIAL, true, true, null);
    ContentSource source = new ContentSource("S", null, "t");
    return new ContentCompiler(Clock.systemUTC()).compile(Uuids.next(), data, source);
  }

  @Test
  void cacheShouldForgetWhatWasAskedForLongestAgo() {
    ContentCache cache = new ContentCache(2);
    UUID tenant = Uuids.next();
    CampaignContent first = content();
    CampaignContent second = content();
    cache.put(tenant, first);
    cache.put(tenant, second);
    assertThat(cache.get(tenant, first.id())).isSameAs(first);
    cache.put(tenant, content());
    assertThat(cache.size()).isEqualTo(2);
    assertThat(cache.get(tenant, second.id())).isNull();
    assertThat(cache.get(tenant, first.id())).isSameAs(first);
    assertThat(cache.get(Uuids.next(), first.id())).isNull();
  }
}
