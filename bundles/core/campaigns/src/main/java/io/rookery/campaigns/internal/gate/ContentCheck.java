// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.campaigns.CampaignData;
import io.rookery.campaigns.internal.content.ContentCompiler;
import io.rookery.campaigns.internal.content.ContentSource;
import io.rookery.campaigns.internal.content.Samples;
import io.rookery.campaigns.internal.liquid.LiquidException;
import io.rookery.kernel.RookeryException;
import java.util.Map;

/** There is content, it compiles, and it can be rendered. */
final class ContentCheck implements GateCheck {

  private final ContentCompiler compiler;

  ContentCheck(ContentCompiler compiler) {
    this.compiler = compiler;
  }

  @Override
  public void check(GateSubject subject, Findings findings) {
    ContentSource source = subject.source();
    if (source == null) {
      findings.add("template_missing", "Give the campaign a template that exists");
      return;
    }
    if (source.subject() == null || source.subject().isBlank()) {
      findings.add("subject_missing", "Give the template a subject");
      return;
    }
    try {
      CampaignData campaign = subject.campaign().data();
      Map<String, Object> variables = Samples.variables(subject.tenant(), campaign);
      compiler.compile(subject.campaign().id(), campaign, source).render(variables, Samples.LINKS);
    } catch (LiquidException | RookeryException e) {
      findings.add("template_invalid", "Mend the template. %s", e.getMessage());
    }
  }
}
