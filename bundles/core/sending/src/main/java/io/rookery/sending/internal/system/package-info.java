// SPDX-License-Identifier: Apache-2.0
/**
 * The platform's own mail: a reader of the log notes what is to be mailed, the post queues it in
 * the operator's tenant, and what it says is made as it is sent.
 */
package io.rookery.sending.internal.system;
