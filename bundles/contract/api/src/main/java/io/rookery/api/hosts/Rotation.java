// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import java.time.Duration;

/**
 * How a key is to be rotated.
 *
 * @param grace for how long the old pair works on, from 0 to 7 days; a day where null, and none in
 *     an emergency
 * @param incidentId names the incident that makes this an emergency, or null; the old pair is then
 *     held to be compromised and goes off the host at once
 */
public record Rotation(Duration grace, String incidentId) {}
