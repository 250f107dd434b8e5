// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SignInWatch;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One more server beside the first, such as one that secrets are moved to: a file {@code
 * etc/io.rookery.secrets.vault.further-NAME.cfg} with the keys of the first and {@code store}, the
 * name under which it is known.
 */
@Component(
    service = SecretStore.class,
    configurationPid = FurtherVaultStore.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = "version=1")
@Designate(ocd = VaultConfiguration.class, factory = true)
public final class FurtherVaultStore extends VaultStore {

  /** The PID of these configurations. */
  static final String PID = "io.rookery.secrets.vault.further";

  /** Takes the configuration; connects once it is first used. */
  @Activate
  public FurtherVaultStore(
      VaultConfiguration configuration, BundleContext bundle, Map<String, Object> properties) {
    super(configuration, bundle, String.valueOf(properties.get("store")));
  }

  @Override
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addWatch(SignInWatch added) {
    super.addWatch(added);
  }

  @Override
  void removeWatch(SignInWatch removed) {
    super.removeWatch(removed);
  }

  @Override
  @Deactivate
  public void close() {
    super.close();
  }
}
