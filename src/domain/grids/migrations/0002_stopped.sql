-- Why a draft could not be put into force to its end: the code of the refusal.
ALTER TABLE grid_draft ADD COLUMN code TEXT NOT NULL DEFAULT '';
