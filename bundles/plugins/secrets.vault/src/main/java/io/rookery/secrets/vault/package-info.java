// SPDX-License-Identifier: Apache-2.0
/**
 * The secret store that HashiCorp Vault, HCP Vault Dedicated and OpenBao keep: the KV engine
 * version 2, signed in to by AppRole.
 */
package io.rookery.secrets.vault;
