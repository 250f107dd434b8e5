# SPDX-License-Identifier: Apache-2.0
# What a tenant's own tools may do: read and write that tenant's secrets. The tenant is the value of
# tenant_id in the metadata of the identity entity that signs in; without it nothing is allowed.

path "@mount@/data/tenants/{{identity.entity.metadata.tenant_id}}/*"     { capabilities = ["create", "read", "update"] }
path "@mount@/metadata/tenants/{{identity.entity.metadata.tenant_id}}/*" { capabilities = ["read", "list"] }
