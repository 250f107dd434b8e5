// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.mail.smtp;

import io.rookery.itests.architecture.planted.api.secrets.SecretsApi;

/** A plugin that sees more than kernel and SPIs. */
public interface NamesApi extends SecretsApi {}
