// SPDX-License-Identifier: Apache-2.0
/** What a secret store must do, with the meaning of HashiCorp Vault's KV version 2 engine. */
@Export
@Version("1.3.0")
package io.rookery.spi.secrets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
