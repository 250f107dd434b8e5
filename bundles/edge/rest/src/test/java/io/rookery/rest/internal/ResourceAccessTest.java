// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.rest.internal.filter.Access;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResourceAccessTest {

  private static final Set<String> BEFORE_SIGNING_IN =
      Set.of(
          "createSession",
          "verifySession",
          "refreshSession",
          "unlockAccount",
          "askPasswordReset",
          "resetPassword",
          "acceptInvitation",
          "verifyAddress");

  private static final String WITHIN_WORKSPACES =
      """
      getMe listWorkspaces getWorkspace listBackends
      listCampaigns createCampaign getCampaign updateCampaign deleteCampaign startCampaign
      pauseCampaign resumeCampaign cancelCampaign testCampaign checkCampaign previewCampaign
      getCampaignProgress
      listTemplates createTemplate getTemplate updateTemplate deleteTemplate
      listLists createList getList updateList deleteList addListContacts removeListContact
      listContacts getContact
      listImports startImport getImport cancelImport listImportErrors
      listMailboxes createMailbox getMailbox updateMailbox deleteMailbox pauseMailbox
      resumeMailbox checkMailbox
      listDomains getDomain
      listSessions deleteSession deleteCurrentSession
      createSecondFactor confirmSecondFactor removeSecondFactor
      askAddressVerification askAddressChange joinByInvitation""";

  @Test
  void everyMethodShouldSayWhoMayCallIt() throws Exception {
    Set<Class<?>> resources = ResourceClasses.all();
    assertThat(resources).hasSizeGreaterThan(20);
    for (Class<?> type : resources) {
      assertThat(type.getAnnotation(Address.class)).as(type.getName()).isNotNull();
      assertThat(ResourceClasses.operations(type)).isNotEmpty();
      for (Method method : ResourceClasses.operations(type).toList()) {
        assertThat(Access.of(method)).as(method.toString()).isPresent();
        boolean api = type.getAnnotation(Address.class).value().startsWith("/api/v1");
        assertThat(Access.of(method).orElseThrow().open())
            .as(method.toString())
            .isEqualTo(!api || BEFORE_SIGNING_IN.contains(method.getName()));
      }
    }
  }

  @Test
  void noTwoResourcesShouldShareAnAddress() throws Exception {
    Set<Class<?>> resources = ResourceClasses.all();
    assertThat(
            resources.stream()
                .map(type -> type.getAnnotation(Address.class).value())
                .collect(Collectors.toSet()))
        .hasSameSizeAs(resources);
  }

  /** What those may call who see some workspaces alone; all else is closed to them. */
  @Test
  void theOperationsWithinWorkspacesShouldBeThese() throws Exception {
    Set<String> within = new TreeSet<>();
    for (Class<?> type : ResourceClasses.all()) {
      for (Method method : ResourceClasses.operations(type).toList()) {
        Access access = Access.of(method).orElseThrow();
        if (access.within() && !access.open()) {
          within.add(method.getName());
        }
      }
    }
    assertThat(within).containsExactlyInAnyOrder(WITHIN_WORKSPACES.split("\\s+"));
  }

  @Test
  void writingShouldNotBeAllowedByAReadingScope() throws Exception {
    for (Class<?> type : ResourceClasses.all()) {
      for (Method method : ResourceClasses.operations(type).toList()) {
        Access access = Access.of(method).orElseThrow();
        boolean reads = method.isAnnotationPresent(javax.ws.rs.GET.class);
        if (!access.open() && !access.person() && !reads) {
          assertThat(access.scope().wire()).as(method.toString()).doesNotEndWith(":read");
        }
      }
    }
  }
}
