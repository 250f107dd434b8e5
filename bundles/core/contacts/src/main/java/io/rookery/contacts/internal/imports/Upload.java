// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ImportService.ImportRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A file on its way in. */
record Upload(
    UUID id, UUID workspaceId, ImportRequest request, CsvFormat format, List<String> columns) {

  /** Returns the request's default values by field, the attributes as an object. */
  Map<String, Object> defaults() {
    Map<String, Object> defaults = new HashMap<>();
    ContactData data = request.defaults();
    if (data != null) {
      defaults.put(Columns.FIRST_NAME, data.firstName());
      defaults.put(Columns.LAST_NAME, data.lastName());
      defaults.put(Columns.COUNTRY, data.country());
      defaults.put(Columns.LAWFUL_BASIS, data.lawfulBasis());
      defaults.put(Columns.SOURCE, data.source());
      defaults.put(Columns.TRACKING_CONSENT, data.trackingConsent());
      defaults.put("attributes", data.attributes());
    }
    return defaults;
  }
}
