-- SPDX-License-Identifier: Apache-2.0

-- Where there is no second file only one password works at a time.
alter table tenant.mail_password alter column grace_file drop not null;
