BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'onrecord','m001_people_servers_queries_flags','2026-11-21 23:46:55.852194+00:00');
CREATE TABLE "audit" (
   "id" INTEGER PRIMARY KEY,
   "at" TEXT,
   "person" TEXT,
   "action" TEXT,
   "detail" TEXT
);
INSERT INTO "audit" VALUES(1,'2026-11-21T23:46:55+00:00','4bc9f18b481ca0881a1fc922b364bd3434dcd1e135606a3bff20a3e358cd62f2','withdrew','q1: wrong speaker');
CREATE TABLE "flags" (
   "person" TEXT,
   "quote" TEXT,
   "why" TEXT,
   "query" TEXT,
   "flagged_on" TEXT,
   PRIMARY KEY ("person", "quote")
);
CREATE TABLE "people" (
   "person" TEXT PRIMARY KEY,
   "plain" INTEGER
);
INSERT INTO "people" VALUES('7ac0109897ad09ad09591d2293051a7b3acf2e9ed9d53bfe617e27af21a8be37',1);
CREATE TABLE "servers" (
   "server" TEXT PRIMARY KEY,
   "private" INTEGER,
   "plain" INTEGER,
   "publisher" TEXT,
   "speaker" TEXT
);
CREATE TABLE "unanswered" (
   "person" TEXT,
   "query" TEXT,
   "asked_on" TEXT,
   PRIMARY KEY ("person", "query")
);
CREATE TABLE "withdrawn" (
   "quote" TEXT PRIMARY KEY,
   "reason" TEXT,
   "withdrawn_on" TEXT
);
INSERT INTO "withdrawn" VALUES('q1','wrong speaker','2026-11-21');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
