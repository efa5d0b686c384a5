-- What a collector keeps. A profile is stored once, under its id, as canonical JSON.
CREATE TABLE IF NOT EXISTS profiles (
    sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id    TEXT NOT NULL UNIQUE,
    -- Fingerprint of the body: the same id with another one is another profile. Empty once it is withdrawn.
    digest        TEXT NOT NULL,
    -- Whose token brought it.
    station       TEXT NOT NULL,
    -- The profile that it amends. Two cannot amend the same one: the second has not seen the first.
    supersedes    TEXT,
    questionnaire TEXT NOT NULL,
    kind          TEXT NOT NULL,
    assessed_on   TEXT NOT NULL,
    received_at   TEXT NOT NULL,
    -- Null once it is withdrawn.
    body          TEXT
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS amended_once ON profiles (supersedes) WHERE supersedes IS NOT NULL;

-- How a profile stands that came in a portable document. If it cannot be assessed again, because something was left out of
-- it, its body is the document itself, with the signature that vouches for it.
CREATE TABLE IF NOT EXISTS portable (
    sequence    INTEGER PRIMARY KEY REFERENCES profiles (sequence),
    verified_by TEXT NOT NULL,
    redacted    INTEGER NOT NULL,
    purpose     TEXT,
    recipient   TEXT,
    withheld    INTEGER NOT NULL
) STRICT;

-- A withdrawal outlives its profile, and may arrive before it.
CREATE TABLE IF NOT EXISTS withdrawals (
    profile_id   TEXT PRIMARY KEY,
    station      TEXT NOT NULL,
    reason       TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL,
    received_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Tokens have 256 bits of chance, so that a plain hash of them tells nothing.
CREATE TABLE IF NOT EXISTS tokens (
    hash       TEXT PRIMARY KEY,
    station    TEXT NOT NULL,
    role       TEXT NOT NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT, WITHOUT ROWID;

-- Public Ed25519 keys, as JSON Web Keys have them (`x`), and the station whose documents they vouch for.
CREATE TABLE IF NOT EXISTS keys (
    key        TEXT NOT NULL,
    station    TEXT NOT NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT,
    PRIMARY KEY (key, station)
) STRICT, WITHOUT ROWID;

-- Who did what and when, and never what was answered.
CREATE TABLE IF NOT EXISTS audit (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    at         TEXT NOT NULL,
    station    TEXT,
    action     TEXT NOT NULL,
    profile_id TEXT,
    outcome    TEXT NOT NULL,
    code       TEXT
) STRICT;
