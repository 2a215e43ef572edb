/** Tables of the SQLite store. `user_version` counts changes to them. */
export const schemaVersion = 2;

export const schema = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE apps (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE channels (
  id INTEGER PRIMARY KEY, app TEXT NOT NULL, name TEXT NOT NULL, trimmed_to TEXT NOT NULL DEFAULT '', UNIQUE (app, name)
);

-- The latest version of each message but for the appends after it. 'publish_id' is set where a repeated publish must be found.
CREATE TABLE messages (
  channel INTEGER NOT NULL, serial TEXT NOT NULL, version TEXT NOT NULL, timestamp INTEGER NOT NULL, publish_id TEXT, body TEXT NOT NULL,
  PRIMARY KEY (channel, serial)
) WITHOUT ROWID;
CREATE INDEX messages_by_version ON messages (channel, version);
CREATE UNIQUE INDEX messages_by_publish_id ON messages (channel, publish_id) WHERE publish_id IS NOT NULL;

-- Appends that are not yet in their message's row, all of a commit in one: '[channel, serial, append], …'. See journal.ts.
CREATE TABLE journal (id INTEGER PRIMARY KEY, body TEXT NOT NULL);

-- Versions before the latest.
CREATE TABLE versions (
  channel INTEGER NOT NULL, serial TEXT NOT NULL, version TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (channel, serial, version)
) WITHOUT ROWID;

CREATE TABLE presence (
  channel INTEGER NOT NULL, serial TEXT NOT NULL, timestamp INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (channel, serial)
) WITHOUT ROWID;
CREATE TABLE annotations (
  channel INTEGER NOT NULL, message TEXT NOT NULL, serial TEXT NOT NULL, timestamp INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (channel, message, serial)
) WITHOUT ROWID;
CREATE TABLE objects (
  channel INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (channel, id)
) WITHOUT ROWID;
CREATE TABLE object_entries (
  channel INTEGER NOT NULL, object TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (channel, object, key)
) WITHOUT ROWID;
CREATE TABLE object_publishes (
  channel INTEGER NOT NULL, id TEXT NOT NULL, objects TEXT NOT NULL, PRIMARY KEY (channel, id)
) WITHOUT ROWID;
`;

/** Every table with rows of a channel. */
export const channelTables = ['messages', 'versions', 'presence', 'annotations', 'objects', 'object_entries', 'object_publishes'] as const;
