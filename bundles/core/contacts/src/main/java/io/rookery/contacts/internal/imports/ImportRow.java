// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import java.util.Map;

/** A row of a file that can be imported; what the file does not give is null. */
record ImportRow(
    long line,
    String email,
    String normalised,
    Map<String, String> fields,
    Map<String, String> attributes) {}
