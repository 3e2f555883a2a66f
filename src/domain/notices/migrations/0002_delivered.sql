-- When a web hook last took a delivery.
ALTER TABLE web_hook ADD COLUMN delivered_at BIGINT;
