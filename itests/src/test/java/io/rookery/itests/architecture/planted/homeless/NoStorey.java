// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.homeless;

/** In no storey. */
public interface NoStorey {}
