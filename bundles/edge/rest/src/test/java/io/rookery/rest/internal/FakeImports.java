// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.contacts.ImportService;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Reads the file to its end and remembers what was asked. */
final class FakeImports implements ImportService {

  ImportRequest request;
  TenantContext context;
  long bytes;

  @Override
  public ContactImport start(TenantContext caller, ImportRequest wanted, InputStream csv)
      throws IOException {
    request = wanted;
    context = caller;
    bytes = csv.readAllBytes().length;
    return new ContactImport(
        UUID.randomUUID(),
        UUID.randomUUID(),
        wanted.fileName(),
        ContactImport.State.QUEUED,
        new Counts(0, 0, 0, 0, 0, 0),
        List.of("email"),
        null,
        Instant.EPOCH,
        null);
  }

  @Override
  public ContactImport get(TenantContext caller, UUID id) {
    throw RookeryException.notFound("import");
  }

  @Override
  public Page<ContactImport> list(TenantContext caller, PageRequest page) {
    return new Page<>(List.of(), null);
  }

  @Override
  public ContactImport cancel(TenantContext caller, UUID id) {
    throw RookeryException.notFound("import");
  }

  @Override
  public Page<RowError> errors(TenantContext caller, UUID id, PageRequest page) {
    return new Page<>(List.of(new RowError(3, "bad_address", "No address")), null);
  }
}
