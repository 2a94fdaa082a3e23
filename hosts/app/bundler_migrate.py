"""Migrates both databases once for a release, before anything of the application starts on this host.

usage: bundler_migrate.py SETTINGS.json
SETTINGS: {"release", "marker", "host", "port", "lockDatabase", "node", "migrations": [{"directory", "knex", "sources", "environment"}]}
One host at a time: an advisory lock on the primary, held on a server connection of its own. knex does nothing when another
host has migrated already, and a host that has seen this release migrated does not ask again.
"""
import json
import os
import subprocess
import sys
import time

LOCK = 7_204_113


def migrated(marker, release):
    try:
        with open(marker, encoding="utf-8") as file:
            return file.read() == release
    except FileNotFoundError:
        return False


def migrate(settings):
    """Runs every migration. Raises CalledProcessError when one fails."""
    for migration in settings["migrations"]:
        # The advisory lock is this host's, so a lock of knex's own is one that a killed run left.
        for command in ("migrate:unlock", "migrate:latest"):
            subprocess.run(
                # Node's own stripping of types gets in the way of ts-node.
                [settings["node"], "--no-experimental-strip-types", migration["knex"], command, "--cwd", migration["sources"], "--knexfile", "knexfile.ts"],
                cwd=migration["directory"],
                env={**os.environ, **migration["environment"]},
                check=True,
            )


def main():
    import psycopg2

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
                cursor.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
                migrate(settings)
            connection.close()
            break
        except (psycopg2.Error, subprocess.CalledProcessError, OSError) as fault:
            print(f"not migrated yet: {type(fault).__name__}: {str(fault).strip()}", flush=True)
            time.sleep(5)
    with open(settings["marker"], "w", encoding="utf-8") as file:
        file.write(settings["release"])


if __name__ == "__main__":
    main()
