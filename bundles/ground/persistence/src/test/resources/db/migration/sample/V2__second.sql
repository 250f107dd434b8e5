-- SPDX-License-Identifier: Apache-2.0
alter table tenant.sample add note text;
