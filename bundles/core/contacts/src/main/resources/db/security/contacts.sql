-- SPDX-License-Identifier: Apache-2.0
grant select on platform.suppression to rookery_app;
