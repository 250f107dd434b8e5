# SPDX-License-Identifier: Apache-2.0
# What the platform may do: use every secret of its own mount, and look after its own token. Nothing
# else: no sys/, no other mount, no settings of this one.

path "@mount@/data/tenants/*"      { capabilities = ["create", "read", "update"] }
path "@mount@/metadata/tenants/*"  { capabilities = ["read", "list", "delete"] }
path "@mount@/delete/tenants/*"    { capabilities = ["update"] }
path "@mount@/undelete/tenants/*"  { capabilities = ["update"] }
path "@mount@/destroy/tenants/*"   { capabilities = ["update"] }

path "@mount@/data/platform/*"     { capabilities = ["create", "read", "update"] }
path "@mount@/metadata/platform/*" { capabilities = ["read", "list", "delete"] }
path "@mount@/delete/platform/*"   { capabilities = ["update"] }
path "@mount@/undelete/platform/*" { capabilities = ["update"] }
path "@mount@/destroy/platform/*"  { capabilities = ["update"] }

path "auth/token/lookup-self"      { capabilities = ["read"] }
path "auth/token/renew-self"       { capabilities = ["update"] }
path "auth/token/revoke-self"      { capabilities = ["update"] }
