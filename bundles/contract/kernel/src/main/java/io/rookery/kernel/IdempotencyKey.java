// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

/**
 * A client's promise that two requests with the same key are one request.
 *
 * @param key the client's key, 1 to 255 characters
 * @param fingerprint a digest over method, path and body by which another request under the same
 *     key is told apart, 1 to 128 characters
 */
public record IdempotencyKey(String key, String fingerprint) {

  /** Checks both lengths. */
  public IdempotencyKey {
    if (key == null || key.isBlank() || key.length() > 255) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "An Idempotency-Key has 1 to 255 characters");
    }
    if (fingerprint == null || fingerprint.isEmpty() || fingerprint.length() > 128) {
      throw new IllegalArgumentException("A fingerprint has 1 to 128 characters");
    }
  }
}
