// SPDX-License-Identifier: Apache-2.0
/** Copies of heads in an object store that speaks the protocol of Amazon S3. */
package io.rookery.tenancy.internal.audit.bucket;
