// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.persistence.jpa.JsonbConverter;
import io.rookery.persistence.jpa.UuidConverter;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.persistence.AttributeConverter;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.NamedQuery;
import javax.persistence.Table;
import javax.persistence.Version;
import org.eclipse.persistence.annotations.Convert;
import org.eclipse.persistence.annotations.Converter;

/** An entity as the bundles have them. */
@Entity
@Table(schema = "tenant", name = "sample")
@IdClass(SampleEntity.Key.class)
@Converter(name = "uuid", converterClass = UuidConverter.class)
@NamedQuery(name = "sample.all", query = "select s from SampleEntity s")
public class SampleEntity {

  @Id
  @Convert("uuid")
  @Column(name = "tenant_id")
  private UUID tenantId;

  @Id
  @Convert("uuid")
  private UUID id;

  private String name;

  @javax.persistence.Convert(converter = DetailsConverter.class)
  private Details details;

  @Column(name = "made_at")
  private OffsetDateTime madeAt;

  @Version private long version;

  protected SampleEntity() {}

  SampleEntity(UUID tenantId, UUID id, String name, Details details) {
    this.tenantId = tenantId;
    this.id = id;
    this.name = name;
    this.details = details;
    this.madeAt = OffsetDateTime.of(2026, 11, 23, 10, 0, 0, 0, ZoneOffset.UTC);
  }

  String name() {
    return name;
  }

  Details details() {
    return details;
  }

  OffsetDateTime madeAt() {
    return madeAt;
  }

  /** Something kept as JSON. */
  public record Details(String colour, List<Integer> sizes) {}

  /** Keeps details. */
  @javax.persistence.Converter
  public static class DetailsConverter extends JsonbConverter<Details>
      implements AttributeConverter<Details, Object> {
    public DetailsConverter() {
      super(Details.class);
    }
  }

  /** The composite key. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    public UUID tenantId;
    public UUID id;

    public Key() {}

    Key(UUID tenantId, UUID id) {
      this.tenantId = tenantId;
      this.id = id;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.tenantId.equals(tenantId) && key.id.equals(id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(tenantId, id);
    }
  }
}
