// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

/** There is somebody to write to. */
final class AudienceCheck implements GateCheck {

  @Override
  public void check(GateSubject subject, Findings findings) {
    if (subject.lists().size() < subject.campaign().data().listIds().size()) {
      findings.add("list_unknown", "Take lists that do not exist off the campaign");
    }
    if (subject.lists().stream().noneMatch(list -> list.contacts() > 0)) {
      findings.add("audience_empty", "Give the campaign a list with contacts");
    }
  }
}
