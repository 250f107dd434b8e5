// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.https;

/** Where HTTPS is spoken, of a file that configures certificates as well and is described there. */
@interface HttpsConfiguration {

  /** The PID of these keys. */
  String PID = "io.rookery.https";

  /** Where it listens. */
  String https_address() default "0.0.0.0";

  /** The port; 0 for none. */
  int https_port() default 0;
}
