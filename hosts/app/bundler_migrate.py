"""Migrates both databases once for a release, before anything of the application starts on this host.

usage: bundler_migrate.py SETTINGS.json
SETTINGS: {"release", "marker", "host", "port", "lockDatabase", "lockSuffix", "node", "create", "migrations": [{"directory", "knex", "sources", "environment"}]}
One host at a time: an advisory lock on the primary, held on a server connection of its own. Which releases have been migrated
is kept as the database's comment, so the other hosts have nothing to do, and neither has a host that goes back to an earlier
release, whose migrations knex would refuse beside newer ones. A host that has seen this release migrated does not ask again.
"""
import json
import os
import subprocess
import sys
import time

LOCK = 7_204_113
LOCK_POLL_SECONDS = 1
# Releases that one can go back to.
REMEMBERED = 20


def migrated(marker, release):
    try:
        with open(marker, encoding="utf-8") as file:
            return file.read() == release
    except FileNotFoundError:
        return False


def releases(comment):
    """Releases named in the database's comment."""
    return [word for word in (comment or "").split() if len(word) == 64]


def remembered(comment, release):
    """The comment once this release has been migrated too."""
    return " ".join(["migrated:", *releases(comment)[1 - REMEMBERED:], release])


def wait_for_lock(cursor, pause=time.sleep):
    """Takes the lock by asking again and again: a statement that waits for it would hold a snapshot, for whose end a migration's CREATE INDEX CONCURRENTLY waits."""
    while True:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,))
        if cursor.fetchone()[0]:
            return
        pause(LOCK_POLL_SECONDS)


def absent(cursor, wanted):
    """Databases that are not there yet."""
    cursor.execute("SELECT datname FROM pg_database")
    there = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in there]


def migrate(settings):
    """Runs every migration. Raises CalledProcessError when one fails."""
    for migration in settings["migrations"]:
        # The advisory lock is this host's, so a lock of knex's own is one that a killed run left.
        for command in ("migrate:unlock", "migrate:latest"):
            subprocess.run(
                # Node's own stripping of types gets in the way of ts-node, which need not check what was checked when it was built.
                [settings["node"], "--no-experimental-strip-types", migration["knex"], command, "--cwd", migration["sources"], "--knexfile", "knexfile.ts"],
                cwd=migration["directory"],
                env={**os.environ, "TS_NODE_TRANSPILE_ONLY": "true", **migration["environment"]},
                check=True,
            )


def main():
    import psycopg2
    from psycopg2 import sql

    with open(sys.argv[1], encoding="utf-8") as file:
        settings = json.load(file)
    if migrated(settings["marker"], settings["release"]):
        return
    while True:
        try:
            connection = psycopg2.connect(
                host=settings["host"], port=settings["port"], dbname=settings["lockDatabase"],
                user=os.environ["DB_USER"], password=os.environ["DB_PASSWORD"], connect_timeout=5,
            )
            connection.autocommit = True
            with connection.cursor() as cursor:
                wait_for_lock(cursor)
                for name in absent(cursor, settings["create"]):
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
                cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()")
                comment = cursor.fetchone()[0]
                if settings["release"] not in releases(comment):
                    migrate(settings)
                    name = sql.Identifier(connection.info.dbname.removesuffix(settings["lockSuffix"]))
                    cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(remembered(comment, settings["release"]))))
            connection.close()
            break
        except (psycopg2.Error, subprocess.CalledProcessError, OSError) as fault:
            print(f"not migrated yet: {type(fault).__name__}: {str(fault).strip()}", flush=True)
            time.sleep(5)
    with open(settings["marker"], "w", encoding="utf-8") as file:
        file.write(settings["release"])


if __name__ == "__main__":
    main()
