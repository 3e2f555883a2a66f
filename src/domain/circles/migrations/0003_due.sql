-- People grow older without any change of a record: the day on which somebody of the village is first
-- in other groups. And a mark of each computation, so that what was read of a village can be kept for
-- as long as it says the same.
ALTER TABLE circle_village ADD COLUMN due BIGINT NOT NULL DEFAULT 0;
ALTER TABLE circle_village ADD COLUMN stamp TEXT NOT NULL DEFAULT '';
CREATE INDEX circle_village_due_idx ON circle_village (due, village);
